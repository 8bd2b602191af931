package io.namespend.testbed.stack;

import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.dashboards.Dashboard;
import io.namespend.testbed.dashboards.Filling;
import io.namespend.testbed.dashboards.Filling.Choice;
import io.namespend.testbed.dashboards.Question;
import io.namespend.testbed.dashboards.Target;
import io.namespend.testbed.dashboards.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Asks all that the dashboards ask, as Grafana would when one opens them and when one chooses. */
final class LiveDashboards {
  /** What people look at most closely. */
  static final Map<String, String> ONE_OF_EACH =
      Map.of("namespace", "checkout", "team", "payments", "workload", "checkout-api");

  /** Where a table has no rows, there is one that says why. */
  private static final String REASON = "\nor on () label_replace(vector(0),";

  private final PrometheusApi prometheus;
  private final Instant now;
  private final Map<String, Set<Boolean>> emptiness = new HashMap<>();
  private final Set<String> problems = new TreeSet<>();

  /** Whether the answer was empty, by the question whoever asks it. */
  private final Map<Question, Boolean> answers = new HashMap<>();

  LiveDashboards(PrometheusApi prometheus, Instant now) {
    this.prometheus = prometheus;
    this.now = now;
  }

  void ask(List<Dashboard> dashboards) {
    for (Dashboard dashboard : dashboards) {
      TimeRange range = TimeRange.until(now, dashboard.timeFrom());
      for (Choice choice : Choice.values()) {
        try {
          ask(dashboard, new Filling(dashboard, prometheus, range, choice, ONE_OF_EACH));
        } catch (IllegalStateException | IllegalArgumentException e) {
          problems.add(dashboard.uid() + ", " + choice + ": " + e.getMessage());
        }
      }
    }
  }

  /** How many different ones there were. */
  int questions() {
    return answers.size();
  }

  private void ask(Dashboard dashboard, Filling filling) {
    filling
        .options()
        .forEach(
            (variable, options) -> note(dashboard.uid() + ": $" + variable, options.isEmpty()));
    for (Target target : dashboard.targets()) {
      for (Question question : filling.questions(target)) {
        try {
          boolean isEmpty = isEmpty(question, question.promql().split(Pattern.quote(REASON), 2)[0]);
          note(question.place(), isEmpty);
          if (question.promql().contains(REASON) && isEmpty(question, question.promql())) {
            problems.add(question.place() + " does not say why it is empty");
          }
        } catch (IllegalStateException e) {
          problems.add(question.place() + ": " + e.getMessage() + ": " + question.promql());
        }
      }
    }
  }

  private boolean isEmpty(Question question, String promql) {
    Question asked = new Question("", promql, question.range(), question.step());
    return answers.computeIfAbsent(asked, q -> q.ask(prometheus).isEmpty());
  }

  private void note(String place, boolean isEmpty) {
    emptiness.computeIfAbsent(place, p -> new HashSet<>()).add(isEmpty);
  }

  /** What went wrong, given what may be empty. */
  List<String> problems(List<MayBeEmpty> mayBeEmpty) {
    List<String> all = new ArrayList<>(problems);
    Set<MayBeEmpty> used = new HashSet<>();
    emptiness.forEach(
        (place, empty) -> {
          List<MayBeEmpty> reasons = mayBeEmpty.stream().filter(m -> m.isOf(place)).toList();
          used.addAll(reasons);
          if (empty.contains(true) && reasons.isEmpty()) {
            all.add(place + " is empty");
          }
          if (empty.contains(false)) {
            reasons.stream()
                .filter(MayBeEmpty::always)
                .forEach(m -> all.add(place + " has an answer, although " + m.reason()));
          }
        });
    mayBeEmpty.stream()
        .filter(m -> !used.contains(m))
        .forEach(m -> all.add("nothing is called " + m.place()));
    return all.stream().sorted().toList();
  }
}
