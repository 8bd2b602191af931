package io.namespend.exporter.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant who wrote another one. */
final class NearestNames {
  private static final int MOST = 3;

  private NearestNames() {}

  /** The nearest first; empty if none is near. */
  static List<String> of(String written, Collection<String> known) {
    String wanted = written.toLowerCase(Locale.ROOT);
    int furthest = Math.max(2, written.length() / 3);
    return known.stream()
        .distinct()
        // Longer or shorter by more than that is further away.
        .filter(name -> Math.abs(name.length() - wanted.length()) <= furthest)
        .map(name -> Candidate.of(wanted, name))
        .filter(candidate -> candidate.distance() <= furthest)
        .sorted(
            Comparator.comparingInt(Candidate::ofLetters)
                .thenComparingInt(Candidate::distance)
                .thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /**
   * A name that is known.
   *
   * @param ofLetters the distance without dots and dashes, which are mistyped first
   */
  private record Candidate(String name, int distance, int ofLetters) {
    static Candidate of(String wanted, String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      return new Candidate(name, steps(wanted, lower), steps(letters(wanted), letters(lower)));
    }

    private static String letters(String name) {
      return name.replaceAll("[^a-z0-9]", "");
    }
  }

  /** Characters to insert, remove or replace, and neighbours to swap. */
  private static int steps(String one, String other) {
    int[][] least = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int without =
            Math.min(
                least[i - 1][j - 1] + (same ? 0 : 1),
                1 + Math.min(least[i - 1][j], least[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        least[i][j] = swapped ? Math.min(without, least[i - 2][j - 2] + 1) : without;
      }
    }
    return least[one.length()][other.length()];
  }
}
