package io.namespend.testbed.anomaly;

import io.namespend.testbed.anomaly.AnomalyScore.KindScore;
import io.namespend.testbed.anomaly.Planted.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Scores of several seeds, as Markdown. */
public final class AnomalyReport {
  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder details = new StringBuilder();
  private final Map<Kind, Integer> planted = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Integer>> delays = new EnumMap<>(Kind.class);
  private final boolean withDetails;

  /**
   * @param withDetails also lists what was missed and what was false
   */
  public AnomalyReport(boolean withDetails) {
    this.withDetails = withDetails;
  }

  /** Takes in the score of one seed. */
  public void add(long seed, AnomalyScore score) {
    rows.append(
        String.format(
            Locale.ROOT,
            "| %d | %d of %d | %.2f | %.2f | %d | %d | %.1f |%n",
            seed,
            score.found(),
            score.planted(),
            score.recall(),
            score.falseAlarms(),
            score.mostFalseAlarmsOfANamespace(),
            score.falseWideAlerts().size(),
            score.alertsPerFound()));
    score
        .byKind()
        .forEach(
            (kind, of) -> {
              planted.merge(kind, of.planted(), Integer::sum);
              delays.computeIfAbsent(kind, k -> new ArrayList<>()).addAll(of.delays());
            });
    if (withDetails) {
      score.missed().forEach(anomaly -> details.append("missed ").append(anomaly).append('\n'));
      score
          .falseNamespaceAlerts()
          .forEach(firing -> details.append("false ").append(firing).append('\n'));
      score
          .falseWideAlerts()
          .forEach(firing -> details.append("false ").append(firing).append('\n'));
    }
  }

  /** A row a seed, then a row a kind of anomaly. */
  public String markdown() {
    String kinds =
        planted.entrySet().stream()
            .map(
                entry ->
                    kindRow(
                        entry.getKey(),
                        new KindScore(
                            entry.getValue(), delays.getOrDefault(entry.getKey(), List.of()))))
            .collect(Collectors.joining());
    return """
    | seed | found | recall | false alarms a namespace and quarter | most of one namespace | false alarms of teams, pools, cluster | alerts an anomaly |
    |---|---|---|---|---|---|---|
    %s
    | anomaly | found | hours until found, median | longest |
    |---|---|---|---|
    %s%s\
    """
        .formatted(rows, kinds, details);
  }

  private static String kindRow(Kind kind, KindScore score) {
    List<Integer> hours = score.delays().stream().sorted().toList();
    return "| %s | %d of %d | %s | %s |%n"
        .formatted(
            kind.words,
            hours.size(),
            score.planted(),
            hours.isEmpty() ? "" : hours.get(hours.size() / 2),
            hours.isEmpty() ? "" : hours.get(hours.size() - 1));
  }
}
