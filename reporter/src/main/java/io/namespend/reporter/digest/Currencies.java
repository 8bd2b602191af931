package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * What the amounts are in. They are never converted.
 *
 * @param current what all amounts are shown in
 * @param earlier what else the exporters published in these two weeks
 */
public record Currencies(String current, Set<String> earlier) {
  public Currencies {
    requireNonNull(current, "current");
    earlier = Set.copyOf(earlier);
  }

  public static Currencies only(String current) {
    return new Currencies(current, Set.of());
  }
}
