package io.namespend.reporter.settings;

import static java.util.Objects.requireNonNull;

/** Text that is never shown. */
public record Secret(String value) {
  public Secret {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
