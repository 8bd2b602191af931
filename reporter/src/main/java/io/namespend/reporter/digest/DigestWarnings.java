package io.namespend.reporter.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a reader has to know before trusting a digest, a sentence each. */
public final class DigestWarnings {
  private static final int CLUSTERS_TO_NAME = 5;

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

  private static void addCoverage(WeeklyDigest digest, List<String> warnings) {
    if (digest.clusters().stream().anyMatch(row -> row.coverage().isIncomplete())) {
      warnings.add(
          "Not like with like: there are figures for %s. What the other minutes cost is missing."
              .formatted(coverage(digest, Coverage::isIncomplete)));
    }
    if (digest.clusters().stream().anyMatch(row -> row.coverage().isCountedTwice())) {
      warnings.add(
          "Counted more than once: there are figures for %s. Does this Prometheus merge replicas?"
              .formatted(coverage(digest, Coverage::isCountedTwice)));
    }
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

  private static String coverage(WeeklyDigest digest, Predicate<Coverage> which) {
    return named(
        digest.clusters().stream()
            .filter(row -> which.test(row.coverage()))
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
