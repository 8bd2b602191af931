package io.namespend.testbed.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.dashboards.Dashboard;
import io.namespend.testbed.dashboards.Filling;
import io.namespend.testbed.dashboards.Filling.Choice;
import io.namespend.testbed.dashboards.Target;
import io.namespend.testbed.dashboards.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Figures of the dashboards that show the same thing, and must be the same. */
final class EqualFigures {
  private static final String OVERVIEW = "namespend-overview: ";
  private static final String TEAM = "namespend-team: ";
  private static final String NAMESPACE = "namespend-namespace: ";
  private static final String WORKLOAD = "namespend-workload: ";
  private static final String BUDGETS = "namespend-budgets: ";
  private static final String WASTE = "namespend-waste: ";
  private static final String POOLS = "namespend-pools: ";
  private static final String TRUST = "namespend-trust: ";

  private static final Map<String, String> CHOSEN =
      Map.of(
          "namespace", "checkout",
          "team", "payments",
          "workload", "checkout-api",
          "pool", "idle",
          "scope", "namespace",
          "name", "checkout");
  private static final String NAMESPACE_CHOSEN = "namespace=checkout";
  private static final String WHOLE_CHANGE = "reason=all of the change";
  private static final String PARTS_OF_CHANGE = "reason!=all of the change";
  private static final String TEAM_CHOSEN = "team=payments";

  /**
   * The sum of a query's results.
   *
   * @param label of the results that count, such as {@code pool=idle}, or of those that do not,
   *     such as {@code pool!=idle}; of all, if empty
   */
  private record Part(String place, String label) {}

  private static final Map<String, List<List<Part>>> SAME = new LinkedHashMap<>();

  static {
    same(
        "cost of everything in the time range",
        of(OVERVIEW + "Cost in the time range (A)"),
        of(OVERVIEW + "Teams by cost in the time range (A)"),
        of(OVERVIEW + "Clusters in the time range (A)"),
        of(OVERVIEW + "By environment, in the time range (A)"),
        both(
            OVERVIEW + "Namespaces by cost in the time range (A)",
            POOLS + "Unallocated in the time range (A)"),
        of(OVERVIEW + "Direct and shared cost in the time range (A)"));
    same(
        "idle",
        of(WASTE + "Idle in the time range (A)"),
        of(OVERVIEW + "Direct and shared cost in the time range (A)", "pool=idle"),
        of(POOLS + "Pools in the time range (A)", "pool=idle"));
    same(
        "idle of everything",
        of(WASTE + "Idle in the time range (B)"),
        of(OVERVIEW + "Idle and unowned, of the time range (A)"),
        of(OVERVIEW + "Clusters in the time range (E)"));
    same(
        "shared",
        of(POOLS + "Shared cost in the time range (A)"),
        of(POOLS + "Pools in the time range (A)"));
    same(
        "this month",
        of(OVERVIEW + "This month (A)"),
        of(OVERVIEW + "Teams by cost in the time range (D)"),
        of(OVERVIEW + "Clusters in the time range (C)"));
    same(
        "forecast",
        of(OVERVIEW + "This month (B)"),
        of(OVERVIEW + "Teams by cost in the time range (E)"));
    same(
        "cost of a namespace",
        of(NAMESPACE + "Cost in the time range (A)"),
        of(NAMESPACE + "Invoice lines of the time range (C)"),
        of(OVERVIEW + "Namespaces by cost in the time range (A)", NAMESPACE_CHOSEN),
        of(TEAM + "Namespaces by cost in the time range (A)", NAMESPACE_CHOSEN));
    same(
        "month of a namespace",
        of(NAMESPACE + "This month (A)"),
        of(OVERVIEW + "Namespaces by cost in the time range (D)", NAMESPACE_CHOSEN),
        of(TEAM + "Namespaces by cost in the time range (C)", NAMESPACE_CHOSEN));
    same(
        "forecast of a namespace",
        of(NAMESPACE + "This month (B)"),
        of(OVERVIEW + "Namespaces by cost in the time range (E)", NAMESPACE_CHOSEN));
    same(
        "cost of a team",
        of(TEAM + "Cost in the time range (A)"),
        of(TEAM + "Namespaces by cost in the time range (A)"),
        of(TEAM + "By cost center, in the time range (A)"),
        of(TEAM + "By environment, in the time range (A)"),
        of(TEAM + "Cost breakdown in the time range (A)"),
        of(OVERVIEW + "Teams by cost in the time range (A)", TEAM_CHOSEN));
    same(
        "month of a team",
        of(TEAM + "This month (A)"),
        of(TEAM + "Namespaces by cost in the time range (C)"),
        of(OVERVIEW + "Teams by cost in the time range (D)", TEAM_CHOSEN));
    same(
        "forecast of a team",
        of(TEAM + "This month (B)"),
        of(OVERVIEW + "Teams by cost in the time range (E)", TEAM_CHOSEN));
    same(
        "used of a budget",
        of(NAMESPACE + "Budgets (A)", "period=month"),
        of(BUDGETS + "Budgets of the day and of the month (C)", "period=month"),
        of(TEAM + "Namespaces by cost in the time range (D)", NAMESPACE_CHOSEN));
    same(
        "change of everything",
        of(OVERVIEW + "Why did it change in the time range? (A)", PARTS_OF_CHANGE),
        of(OVERVIEW + "Why did it change in the time range? (A)", WHOLE_CHANGE),
        of(OVERVIEW + "Teams by cost in the time range (B)"));
    same(
        "change of a team",
        of(TEAM + "Why did it change in the time range? (A)", PARTS_OF_CHANGE),
        of(TEAM + "Why did it change in the time range? (A)", WHOLE_CHANGE),
        of(OVERVIEW + "Teams by cost in the time range (B)", TEAM_CHOSEN));
    same(
        "change of a namespace",
        of(NAMESPACE + "Why did it change in the time range? (A)", PARTS_OF_CHANGE),
        of(NAMESPACE + "Why did it change in the time range? (A)", WHOLE_CHANGE),
        of(OVERVIEW + "Namespaces by cost in the time range (B)", NAMESPACE_CHOSEN),
        of(TEAM + "Namespaces by cost in the time range (B)", NAMESPACE_CHOSEN));
    same("coverage", of(TRUST + "Coverage (A)"), of(OVERVIEW + "Clusters in the time range (F)"));
    same(
        "a workload now",
        of(WORKLOAD + "Cost now (A)"),
        of(WORKLOAD + "Cost an hour, by resource (A)"),
        of(WORKLOAD + "Pods, and the nodes they run on (A)"),
        of(NAMESPACE + "Workloads by cost now, a month (A)", "workload=checkout-api"));
  }

  private EqualFigures() {}

  @SafeVarargs
  private static void same(String what, List<Part>... figures) {
    List<List<Part>> equal = new ArrayList<>();
    for (List<Part> figure : figures) {
      equal.add(figure);
    }
    SAME.put(what, equal);
  }

  private static List<Part> of(String place) {
    return of(place, "");
  }

  private static List<Part> of(String place, String label) {
    return List.of(new Part(place, label));
  }

  private static List<Part> both(String first, String second) {
    return List.of(new Part(first, ""), new Part(second, ""));
  }

  /** The figures that differ, with their values, at the end of the range. */
  static List<String> differences(
      List<Dashboard> dashboards, PrometheusApi prometheus, TimeRange range) {
    Map<String, JsonNode> answers = answers(dashboards, prometheus, range);
    List<String> differences = new ArrayList<>();
    SAME.forEach(
        (what, figures) -> {
          Map<List<Part>, Double> values = new LinkedHashMap<>();
          figures.forEach(parts -> values.put(parts, value(parts, answers)));
          double first = values.values().iterator().next();
          boolean equal =
              first != 0
                  && values.values().stream()
                      .allMatch(value -> Math.abs(value - first) <= 1e-9 * Math.abs(first));
          if (!equal) {
            differences.add(
                values.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining("\n  ", what + ":\n  ", "")));
          }
        });
    return differences;
  }

  /** One of the equal figures each, by what they are. */
  static Map<String, Double> figures(
      List<Dashboard> dashboards, PrometheusApi prometheus, TimeRange range) {
    Map<String, JsonNode> answers = answers(dashboards, prometheus, range);
    Map<String, Double> values = new HashMap<>();
    SAME.forEach((what, figures) -> values.put(what, value(figures.get(0), answers)));
    return values;
  }

  private static Map<String, JsonNode> answers(
      List<Dashboard> dashboards, PrometheusApi prometheus, TimeRange range) {
    Set<String> places =
        SAME.values().stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .map(Part::place)
            .collect(Collectors.toSet());
    Map<String, JsonNode> answers = new HashMap<>();
    for (Dashboard dashboard : dashboards) {
      Filling filling = new Filling(dashboard, prometheus, range, Choice.ONE, CHOSEN);
      for (Target target : dashboard.targets()) {
        if (places.contains(target.place())) {
          filling
              .questions(target)
              .forEach(
                  question ->
                      answers.put(target.place(), prometheus.query(question.promql(), range.to())));
        }
      }
    }
    return answers;
  }

  private static double value(List<Part> parts, Map<String, JsonNode> answers) {
    double sum = 0;
    for (Part part : parts) {
      JsonNode answer = answers.get(part.place());
      if (answer == null) {
        return Double.NaN;
      }
      for (JsonNode sample : answer) {
        String[] label = part.label().split("!?=", 2);
        boolean isNot = part.label().contains("!=");
        if (label.length == 1
            || sample.path("metric").path(label[0]).asText().equals(label[1]) != isNot) {
          sum += sample.path("value").path(1).asDouble();
        }
      }
    }
    return sum;
  }
}
