package io.namespend.exporter.settings;

/** A name in which {@code *} stands for any characters. Compares case-insensitively. */
public record Wildcard(String text) {
  /** At most text times name steps, so that no text a person can write makes it slow. */
  public boolean matches(String name) {
    int at = 0;
    int star = -1;
    int triedUntil = 0;
    int position = 0;
    while (position < name.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        triedUntil = position;
      } else if (at < text.length() && same(text.charAt(at), name.charAt(position))) {
        at++;
        position++;
      } else if (star >= 0) {
        // What the last star stands for grows by one character; earlier stars need no second look.
        at = star + 1;
        position = ++triedUntil;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }

  private static boolean same(char one, char other) {
    return Character.toLowerCase(one) == Character.toLowerCase(other);
  }

  @Override
  public String toString() {
    return text;
  }
}
