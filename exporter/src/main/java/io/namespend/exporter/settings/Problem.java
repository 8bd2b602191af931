package io.namespend.exporter.settings;

/**
 * One thing wrong in a file that a person wrote.
 *
 * @param path where: {@code discounts[0].percent} or {@code prices.csv line 3, price}
 * @param value as found
 * @param remedy the rule, and what to write instead
 */
public record Problem(String path, String value, String remedy) {
  @Override
  public String toString() {
    return "%s: \"%s\": %s".formatted(path, value, remedy);
  }
}
