package io.namespend.exporter.settings;

/** Texts of people that become values of metric labels. */
public final class LabelValue {
  /** As long as a label of Kubernetes may be. */
  private static final int MOST = 63;

  private LabelValue() {}

  /**
   * The text without surrounding blanks.
   *
   * @throws IllegalArgumentException if it is empty, too long or has control characters
   */
  public static String parse(String text) {
    String value = text.strip();
    if (value.isEmpty()
        || value.length() > MOST
        || value.codePoints().anyMatch(LabelValue::isForbidden)) {
      throw new IllegalArgumentException(
          "write a name of 1 to %d characters, without line breaks".formatted(MOST));
    }
    return value;
  }

  private static boolean isForbidden(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.SURROGATE
        || Character.getType(character) == Character.LINE_SEPARATOR
        || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
  }
}
