package io.namespend.reporter.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a reader has to know before trusting a digest, a sentence each. */
public final class DigestWarnings {
  private static final int CLUSTERS_TO_NAME = 5;

  /** Of the requested money; what is less is worth a warning. */
  private static final double USAGE_FROM = 0.95;

  private DigestWarnings() {}

  public static List<String> of(WeeklyDigest digest) {
    List<String> warnings = new ArrayList<>();
    addCoverage(digest, warnings);
    addMissing(digest, warnings);
    Figures figures = new Figures(digest.currencies().current());
    double unallocated = digest.unallocated().cost();
    if (digest.hasUnallocated() && unallocated < 0) {
      warnings.add(
          "Does not add up: the namespaces cost %s more than the total. See the alert on"
                  .formatted(figures.amount(-unallocated))
              + " namespend:conservation_error:ratio.");
    }
    if (!digest.currencies().earlier().isEmpty()) {
      warnings.add(
          "The currency changed: what was recorded in %s is added up as if it were %s."
              .formatted(
                  digest.currencies().earlier().stream()
                      .map(PlainText::name)
                      .sorted()
                      .collect(Collectors.joining(", ")),
                  PlainText.name(digest.currencies().current())));
    }
    return List.copyOf(warnings);
  }

  /**
   * Why the week cannot be compared with the one before; empty if it can.
   *
   * @param clusters of which one that cannot be compared is enough
   */
  static Optional<String> noComparison(WeeklyDigest digest, Set<String> clusters) {
    List<String> reasons =
        digest.clusters().stream()
            .filter(row -> clusters.contains(row.cluster()) && !row.cost().isComparable())
            .map(row -> reason(row.coverage()) + (digest.hasSeveralClusters() ? in(row) : ""))
            .toList();
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of("No comparison: %s".formatted(named(reasons)));
  }

  /** The same for all clusters. */
  static Optional<String> noComparison(WeeklyDigest digest) {
    return noComparison(
        digest, digest.clusters().stream().map(ClusterCost::cluster).collect(Collectors.toSet()));
  }

  /** A week that is there is said to be so only if it is the other one that is not. */
  private static String reason(Coverage coverage) {
    String before =
        coverage.before() > 0
            ? "the week before was measured for %s of its minutes"
                .formatted(Figures.coverage(coverage.before()))
            : "the week before was not measured";
    String week =
        "this week was measured for %s of its minutes".formatted(Figures.coverage(coverage.week()));
    return coverage.week() >= Coverage.FULL_FROM
        ? before
        : coverage.before() >= Coverage.FULL_FROM ? week : week + ", " + before;
  }

  /** Of the requested money, where that is too little. */
  static Optional<String> usage(OptionalDouble measured) {
    return measured.isPresent() && measured.getAsDouble() < USAGE_FROM
        ? Optional.of(
            "Usage of %s of the requested money was measured; the rest is charged as requested."
                .formatted(Figures.coverage(measured.getAsDouble())))
        : Optional.empty();
  }

  private static void addCoverage(WeeklyDigest digest, List<String> warnings) {
    if (digest.clusters().stream().anyMatch(DigestWarnings::isIncomplete)) {
      warnings.add(
          "Minutes are missing: there are figures for %s. What the others cost is in no total."
              .formatted(coverage(digest, DigestWarnings::isIncomplete)));
    }
    if (digest.month().isCountedTwice()) {
      warnings.add(
          "Counted more than once: hours of this month were recorded twice, so month to date,"
              + " forecast and budgets are too high. Does this Prometheus merge replicas?");
    }
    if (digest.clusters().stream().anyMatch(row -> row.coverage().isCountedTwice())) {
      warnings.add(
          "Counted more than once: there are figures for %s. Does this Prometheus merge replicas?"
              .formatted(coverage(digest, row -> row.coverage().isCountedTwice())));
    }
    renamed(digest).ifPresent(warnings::add);
  }

  /** What is missing of the week before only is said where the change would be. */
  private static boolean isIncomplete(ClusterCost row) {
    return row.coverage().isIncomplete()
        && (row.cost().isComparable() || row.coverage().week() < Coverage.FULL_FROM);
  }

  /** One cluster ended and another began, and their figures do not overlap. */
  private static Optional<String> renamed(WeeklyDigest digest) {
    List<ClusterCost> ended =
        digest.clusters().stream()
            .filter(row -> row.coverage().before() > 0 && row.coverage().week() < 1)
            .toList();
    for (ClusterCost old : ended) {
      Optional<ClusterCost> other =
          digest.clusters().stream()
              .filter(row -> row.coverage().before() == 0 && row.coverage().week() > 0)
              .filter(row -> row.coverage().week() + old.coverage().week() <= Coverage.FULL_UNTIL)
              .findFirst();
      if (other.isPresent()) {
        return Optional.of(
            ("Figures of %s ended and those of %s began: if the label cluster was changed, they are"
                    + " one cluster, and budgets of its namespaces started over.")
                .formatted(cluster(old), cluster(other.get())));
      }
    }
    return Optional.empty();
  }

  private static String cluster(ClusterCost row) {
    return row.cluster().isEmpty() ? "the cluster without a name" : PlainText.name(row.cluster());
  }

  private static void addMissing(WeeklyDigest digest, List<String> warnings) {
    if (!digest.missing().isEmpty()) {
      warnings.add(
          "No data in this week for %s: are all rule files loaded?"
              .formatted(PlainText.printable(String.join(", ", digest.missing()))));
    }
    Map<String, Double> recorded = digest.monthToDate().byCluster();
    List<String> without =
        digest.clusters().stream()
            .filter(row -> WeekOnWeek.isVisible(row.cost().cost()))
            .map(ClusterCost::cluster)
            .filter(cluster -> !recorded.containsKey(cluster))
            .toList();
    if (digest.monthToDate().isRecorded() && !without.isEmpty()) {
      warnings.add(
          "Month to date is without %s: nothing was recorded there in the last hour of the week."
              .formatted(named(without.stream().map(PlainText::name).toList())));
    }
  }

  private static String coverage(WeeklyDigest digest, Predicate<ClusterCost> which) {
    return named(
        digest.clusters().stream()
            .filter(which)
            .map(row -> coverage(row) + (digest.hasSeveralClusters() ? in(row) : ""))
            .toList());
  }

  private static String coverage(ClusterCost row) {
    return "%s of the minutes of this week and %s of the week before"
        .formatted(
            Figures.coverage(row.coverage().week()), Figures.coverage(row.coverage().before()));
  }

  private static String in(ClusterCost row) {
    return " in " + PlainText.name(row.cluster());
  }

  private static String named(List<String> names) {
    String first = names.stream().limit(CLUSTERS_TO_NAME).collect(Collectors.joining(", "));
    return names.size() <= CLUSTERS_TO_NAME
        ? first
        : "%s, and %d more clusters".formatted(first, names.size() - CLUSTERS_TO_NAME);
  }
}
