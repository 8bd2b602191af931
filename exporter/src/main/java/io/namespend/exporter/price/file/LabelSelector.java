package io.namespend.exporter.price.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selects nodes by labels: {@code key=value}, {@code key!=value}, {@code key} (is there) and {@code
 * !key} (is not), joined by commas; all must hold.
 */
final class LabelSelector {
  private final List<Requirement> requirements;

  private LabelSelector(List<Requirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /**
   * @throws IllegalArgumentException if a part has no key
   */
  static LabelSelector parse(String text) {
    List<Requirement> requirements = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      requirements.add(Requirement.parse(part.strip()));
    }
    return new LabelSelector(requirements);
  }

  boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.holds(labels));
  }

  /** Keys that it asks for. */
  Set<String> keys() {
    return requirements.stream().map(Requirement::key).collect(Collectors.toSet());
  }

  private record Requirement(String key, Operator operator, String value) {
    static Requirement parse(String text) {
      int unequal = text.indexOf("!=");
      int equal = text.indexOf('=');
      Requirement requirement =
          unequal > 0
              ? new Requirement(
                  text.substring(0, unequal), Operator.IS_NOT, text.substring(unequal + 2))
              : equal > 0
                  ? new Requirement(
                      text.substring(0, equal),
                      Operator.IS,
                      text.substring(equal + (text.startsWith("==", equal) ? 2 : 1)))
                  : text.startsWith("!")
                      ? new Requirement(text.substring(1), Operator.ABSENT, "")
                      : new Requirement(text, Operator.PRESENT, "");
      if (requirement.key.isBlank() || requirement.key.contains("=")) {
        throw new IllegalArgumentException(
            "write key=value, key!=value, key or !key, joined by commas");
      }
      return new Requirement(
          requirement.key.strip(), requirement.operator, requirement.value.strip());
    }

    boolean holds(Map<String, String> labels) {
      return switch (operator) {
        case IS -> value.equals(labels.get(key));
        case IS_NOT -> !value.equals(labels.get(key));
        case PRESENT -> labels.containsKey(key);
        case ABSENT -> !labels.containsKey(key);
      };
    }
  }

  private enum Operator {
    IS,
    IS_NOT,
    PRESENT,
    ABSENT
  }
}
