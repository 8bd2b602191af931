package io.namespend.exporter.cluster.pod;

import java.util.regex.Pattern;

/**
 * Tells what is generated at the end of a name: what Kubernetes adds to {@code generateName},
 * UUIDs, hashes, times and numbers.
 */
final class GeneratedName {
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$");

  /** The letters and digits that Kubernetes makes names of: no vowels, so that no words arise. */
  private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";

  /** Shorter numbers count what lasts, such as the members of a database, as well. */
  private static final int LONG_NUMBER = 8;

  private static final int SHORTEST_MIX = 5;

  private GeneratedName() {}

  /**
   * The name without its generated end; empty if all of it is generated.
   *
   * @param shortNumbers whether numbers of any length are generated, or only long ones
   */
  static String stem(String name, boolean shortNumbers) {
    String rest = name;
    while (!rest.isEmpty()) {
      var uuid = UUID.matcher(rest);
      int end = uuid.find() ? uuid.start() : rest.length() - lastPart(rest).length();
      if (end == rest.length() || !isGenerated(rest.substring(end), shortNumbers)) {
        return rest;
      }
      rest = withoutSeparator(rest.substring(0, end));
    }
    return rest;
  }

  /** A prefix as {@code generateName} has it, without the separator at its end. */
  static String withoutSeparator(String prefix) {
    int end = prefix.length();
    while (end > 0 && isSeparator(prefix.charAt(end - 1))) {
      end--;
    }
    return prefix.substring(0, end);
  }

  private static String lastPart(String name) {
    int start = name.length();
    while (start > 0 && !isSeparator(name.charAt(start - 1))) {
      start--;
    }
    return name.substring(start);
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == '.' || c == '_';
  }

  private static boolean isGenerated(String part, boolean shortNumbers) {
    int digits = (int) part.chars().filter(GeneratedName::isDigit).count();
    if (digits == part.length()) {
      return shortNumbers || digits >= LONG_NUMBER;
    }
    return isRandom(part) || isTime(part, digits) || isMixed(part) || UUID.matcher(part).matches();
  }

  private static boolean isRandom(String part) {
    return part.length() == SHORTEST_MIX
        && part.chars().allMatch(c -> RANDOM.indexOf(c) >= 0)
        && !part.equals("https");
  }

  /** Such as {@code 20261128t0730z}. */
  private static boolean isTime(String part, int digits) {
    return digits >= LONG_NUMBER
        && part.chars().allMatch(c -> isDigit(c) || "tTzZ".indexOf(c) >= 0);
  }

  /** Hashes and the like: letters and digits that take turns; a word with a number has one turn. */
  private static boolean isMixed(String part) {
    int turns = 0;
    for (int i = 1; i < part.length(); i++) {
      if (isDigit(part.charAt(i)) != isDigit(part.charAt(i - 1))) {
        turns++;
      }
    }
    return part.length() >= SHORTEST_MIX && turns >= 2;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
