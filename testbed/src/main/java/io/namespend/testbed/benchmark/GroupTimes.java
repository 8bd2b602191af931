package io.namespend.testbed.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How long the rules of each group took, evaluation by evaluation. */
final class GroupTimes {
  private static final Duration POLL = Duration.ofSeconds(5);

  private final Map<String, Group> groups = new LinkedHashMap<>();

  /** Looks on until each group was evaluated so often once more. */
  void observe(PrometheusApi prometheus, int evaluations, Consumer<String> progress) {
    groups.values().forEach(Group::forgetLast);
    Map<String, Integer> begun = new HashMap<>();
    groups.forEach((name, group) -> begun.put(name, group.seconds.size()));
    int seen = -1;
    while (seen < evaluations) {
      observe(prometheus.ruleGroups());
      int fewest =
          groups.entrySet().stream()
              .mapToInt(
                  group -> group.getValue().seconds.size() - begun.getOrDefault(group.getKey(), 0))
              .min()
              .orElse(0);
      if (fewest > seen) {
        seen = fewest;
        progress.accept("%d of %d evaluations".formatted(seen, evaluations));
      }
      Pause.of(POLL);
    }
  }

  /** Takes in what {@code /api/v1/rules} says of the last evaluations. */
  void observe(JsonNode ruleGroups) {
    for (JsonNode group : ruleGroups) {
      groups
          .computeIfAbsent(
              group.path("name").asText(), name -> new Group(group.path("interval").asDouble()))
          .observe(group);
    }
  }

  /** A table of groups and their dearest rules. */
  String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | group | interval | median s | slowest s | slowest of interval | CPU s an hour |
            |---|---|---|---|---|---|
            """);
    groups.forEach(
        (name, group) ->
            table.append(
                "| `%s` | %.0f s | %.2f | %.2f | %.0f %% | %.0f |%n"
                    .formatted(
                        name,
                        group.interval,
                        median(group.seconds),
                        Collections.max(group.seconds),
                        100 * Collections.max(group.seconds) / group.interval,
                        group.anHour())));
    table.append("\n| rule | median s |\n|---|---|\n");
    groups.values().stream()
        .flatMap(group -> group.rules.entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, rule -> median(rule.getValue()), Double::sum))
        .entrySet()
        .stream()
        .filter(rule -> rule.getValue() >= 0.1)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            rule -> table.append("| `%s` | %.2f |%n".formatted(rule.getKey(), rule.getValue())));
    return table.toString();
  }

  /** Seconds of evaluation an hour, of all groups. */
  double anHour() {
    return groups.values().stream().mapToDouble(Group::anHour).sum();
  }

  /** Seconds of one evaluation of every group. */
  double once() {
    return groups.values().stream().mapToDouble(group -> median(group.seconds)).sum();
  }

  /** Median seconds of the rules whose names begin so. */
  double ofRules(String prefix) {
    return groups.values().stream()
        .flatMap(group -> group.rules.entrySet().stream())
        .filter(rule -> rule.getKey().startsWith(prefix))
        .mapToDouble(rule -> median(rule.getValue()))
        .sum();
  }

  /** Whether every evaluation took at most this share of its group's interval. */
  boolean within(double shareOfInterval) {
    return groups.values().stream()
        .allMatch(group -> Collections.max(group.seconds) <= shareOfInterval * group.interval);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static final class Group {
    private final double interval;
    private final List<Double> seconds = new ArrayList<>();
    private final Map<String, List<Double>> rules = new LinkedHashMap<>();
    private String last = "";

    Group(double interval) {
      this.interval = interval;
    }

    void forgetLast() {
      last = "";
    }

    double anHour() {
      return median(seconds) * 3600 / interval;
    }

    /**
     * The first sight of a group may be of an evaluation before the measurement: it is left out.
     */
    void observe(JsonNode group) {
      String evaluation = group.path("lastEvaluation").asText();
      if (!last.isEmpty() && !last.equals(evaluation)) {
        seconds.add(group.path("evaluationTime").asDouble());
        Map<String, Double> times = new LinkedHashMap<>();
        for (JsonNode rule : group.path("rules")) {
          if (!rule.path("health").asText().equals("ok")) {
            throw new IllegalStateException(
                rule.path("name").asText() + ": " + rule.path("lastError").asText());
          }
          times.merge(
              rule.path("name").asText(), rule.path("evaluationTime").asDouble(), Double::sum);
        }
        times.forEach(
            (rule, time) -> rules.computeIfAbsent(rule, name -> new ArrayList<>()).add(time));
      }
      last = evaluation;
    }
  }
}
