package io.namespend.reporter.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What a look at one thing found.
 *
 * @param text what is so
 * @param remedy what to do, if something is wrong
 */
public record Finding(Kind kind, String text, String remedy) {
  /** How it is. */
  public enum Kind {
    FINE,
    WRONG,
    /** Nothing here tells. */
    UNKNOWN
  }

  public Finding {
    requireNonNull(kind, "kind");
    requireNonNull(text, "text");
    requireNonNull(remedy, "remedy");
  }

  static Finding fine(String text) {
    return new Finding(Kind.FINE, text, "");
  }

  static Finding wrong(String text, String remedy) {
    return new Finding(Kind.WRONG, text, remedy);
  }

  static Finding unknown(String text) {
    return new Finding(Kind.UNKNOWN, text, "");
  }
}
