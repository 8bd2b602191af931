package io.namespend.testbed.stack;

import java.util.List;

/**
 * A panel, annotation or variable that may be empty.
 *
 * @param place as in {@code namespend-team: Cost (A)}, without the letter for all of the panel
 * @param always whether it is empty in the simulated cluster whatever one chooses, so that an answer
 *     shows that the reason is no longer true
 */
record MayBeEmpty(String place, boolean always, String reason) {
  /** The one place for all of them. */
  static final List<MayBeEmpty> ALL =
      List.of(
          always("*: $cluster", "the simulated cluster has no label cluster"));

  private static MayBeEmpty always(String place, String reason) {
    return new MayBeEmpty(place, true, reason);
  }

  private static MayBeEmpty sometimes(String place, String reason) {
    return new MayBeEmpty(place, false, reason);
  }

  boolean isOf(String asked) {
    String name = place.startsWith("*") ? asked.substring(asked.indexOf(':')) : asked;
    String wanted = place.startsWith("*") ? place.substring(1) : place;
    return name.equals(wanted) || name.replaceFirst(" \\(\\w+\\)$", "").equals(wanted);
  }
}
