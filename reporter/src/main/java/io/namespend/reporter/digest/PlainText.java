package io.namespend.reporter.digest;

/** Makes text from outside fit to show: label values can contain anything. */
public final class PlainText {
  /** Kubernetes names have 63 characters at most, names of cloud clusters somewhat more. */
  private static final int LONGEST_NAME = 100;

  private PlainText() {}

  /** On one line, without control characters (terminal escapes, changes of direction). */
  public static String printable(String text) {
    return text.replaceAll("[\\t\\n\\x0B\\f\\r\\x85\\p{Zl}\\p{Zp}]+", " ").replaceAll("\\p{C}", "");
  }

  /** A name as a label value gives it, never blank. */
  public static String name(String label) {
    String name = printable(label).strip();
    if (name.isEmpty()) {
      return "(unnamed)";
    }
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "…";
  }
}
