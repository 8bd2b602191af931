package io.namespend.ledger.rules;

import static java.util.Objects.requireNonNull;

/**
 * A text in which {@code *} stands for any characters, whatever their case.
 *
 * @param text as people wrote it
 */
record Glob(String text) {
  Glob {
    requireNonNull(text, "text");
  }

  /** Without a pattern object: rules are asked for every line. */
  boolean matches(String other) {
    int mine = 0;
    int its = 0;
    int star = -1;
    int afterStar = 0;
    while (its < other.length()) {
      if (mine < text.length() && text.charAt(mine) == '*') {
        star = mine++;
        afterStar = its;
      } else if (mine < text.length() && same(text.charAt(mine), other.charAt(its))) {
        mine++;
        its++;
      } else if (star >= 0) {
        mine = star + 1;
        its = ++afterStar;
      } else {
        return false;
      }
    }
    while (mine < text.length() && text.charAt(mine) == '*') {
      mine++;
    }
    return mine == text.length();
  }

  private static boolean same(char one, char other) {
    return one == other || Character.toLowerCase(one) == Character.toLowerCase(other);
  }
}
