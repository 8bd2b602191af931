package io.namespend.exporter.cluster.node;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which labels of nodes matter beside those that everybody knows.
 *
 * @param kept keys of the labels to keep
 * @param spot labels that mark spot capacity
 */
public record NodeLabels(Set<String> kept, List<SpotLabel> spot) {
  public NodeLabels {
    kept = Set.copyOf(kept);
    spot = List.copyOf(spot);
  }

  public static NodeLabels keeping(Set<String> keys) {
    return new NodeLabels(keys, List.of());
  }

  /**
   * A label that says of a node that it is spot capacity.
   *
   * @param value the value that says so; empty if every value but {@code false} does
   */
  public record SpotLabel(String key, Optional<String> value) {
    public SpotLabel {
      requireNonNull(key, "key");
      requireNonNull(value, "value");
    }

    /**
     * @param text {@code key} or {@code key=value}
     * @throws IllegalArgumentException if it is neither
     */
    public static SpotLabel parse(String text) {
      int equals = text.indexOf('=');
      String key = equals < 0 ? text : text.substring(0, equals);
      if (!key.matches("([A-Za-z0-9.-]+/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")) {
        throw new IllegalArgumentException(
            "write the key of a label or key=value, such as example.com/lifecycle=spot");
      }
      return new SpotLabel(
          key, equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
    }

    boolean isOn(Map<String, String> labels) {
      String actual = labels.get(key);
      return actual != null
          && value
              .map(wanted -> wanted.equalsIgnoreCase(actual))
              .orElse(!actual.equalsIgnoreCase("false"));
    }

    /** As it is written in the policy. */
    @Override
    public String toString() {
      return key + value.map(text -> "=" + text).orElse("");
    }
  }
}
