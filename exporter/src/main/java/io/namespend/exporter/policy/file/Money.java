package io.namespend.exporter.policy.file;

import io.namespend.foundation.settings.Section;
import java.util.OptionalDouble;

/** Reads amounts. */
final class Money {
  /** Beyond any bill, and far from where a double loses cents of a sum. */
  static final double MOST = 1e12;

  private Money() {}

  static OptionalDouble aboveZero(Section section, String key) {
    OptionalDouble amount = section.number(key, 0, MOST);
    if (amount.isPresent() && amount.getAsDouble() == 0) {
      section.problem(key, "write an amount above 0");
    }
    return amount;
  }
}
