package io.namespend.reporter.digest;

import java.util.List;
import java.util.stream.Collectors;

/** One figure beside the total, and what it means. */
public record Fact(String name, String figure, String meaning) {
  static List<Fact> of(WeeklyDigest digest, Figures figures) {
    return List.of(
        recorded(
            "Idle",
            digest.idle(),
            figures,
            "%s of the total; contained in the namespaces' costs, as their share of the idle pool"
                .formatted(Figures.percent(digest.share(digest.idle().cost())))),
        recorded("Month to date", digest.monthToDate(), figures, monthToDate(digest, figures)),
        coverage(digest.coverage()));
  }

  /** Of a month with gaps the sum alone would be taken for what it cost. */
  private static String monthToDate(WeeklyDigest digest, Figures figures) {
    Month month = digest.month();
    double coverage =
        month.coverage(
            digest.clusters().stream().map(ClusterCost::cluster).collect(Collectors.toSet()));
    String known = Figures.monthToDate(digest.week(), coverage);
    return coverage < Coverage.FULL_FROM && month.estimate().isRecorded()
        ? "%s; an estimated %s, if the others cost as much"
            .formatted(known, figures.amount(month.estimate().cost()))
        : known;
  }

  /** A week with cost cannot have figures for no minute: then the share was not recorded. */
  private static Fact coverage(Coverage coverage) {
    return coverage.week() > 0
        ? new Fact(
            "Coverage",
            Figures.coverage(coverage.week()),
            "of the week's minutes have figures; %s the week before"
                .formatted(Figures.coverage(coverage.before())))
        : new Fact("Coverage", "?", "not recorded");
  }

  private static Fact recorded(String name, ClusterSums sums, Figures figures, String meaning) {
    return sums.isRecorded()
        ? new Fact(name, figures.amount(sums.cost()), meaning)
        : new Fact(name, "?", "not recorded");
  }
}
