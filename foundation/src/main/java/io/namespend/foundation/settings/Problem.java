package io.namespend.foundation.settings;

/**
 * One thing wrong in a file that a person wrote.
 *
 * @param path where: {@code discounts[0].percent} or {@code prices.csv line 3, price}
 * @param value as found
 * @param remedy the rule, and what to write instead
 */
public record Problem(String path, String value, String remedy) {
  private static final int MOST_SHOWN = 100;

  @Override
  public String toString() {
    String safe = Secrets.hidden(value);
    String shown = safe.length() > MOST_SHOWN ? safe.substring(0, MOST_SHOWN) + "..." : safe;
    return "%s: \"%s\": %s"
        .formatted(path, shown.replaceAll("\\p{Cntrl}+", " "), Secrets.hidden(remedy));
  }
}
