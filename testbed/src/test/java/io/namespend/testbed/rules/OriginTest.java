package io.namespend.testbed.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.dashboards.Dashboard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Any page that is scraped can have a sample under any name: rules read the exporter's series from
 * its job, and recorded ones from no job. docs/decisions/rules.md says why.
 */
class OriginTest {
  private static final Path RULES = Path.of("../alert-rules");

  /** A name that the exporter or a rule of ours writes, with its matchers. */
  private static final Pattern SELECTOR =
      Pattern.compile(
          "(?<![\\w:\"$-])"
              + "(namespend_(?!exporter:)\\w+|node_(?:cpu|ram|gpu|total)_hourly_cost"
              + "|kubecost_(?!pod_)\\w+_cost|pv_hourly_cost"
              + "|(?:shared|external)_service_hourly_cost"
              + "|[a-z_][a-z_\\d]*(?::[a-z_\\d]+)+)(?![\\w:(])(\\{[^}]*})?");

  /** Names in a matcher; the others beside it say where the series come from. */
  private static final Pattern NAMES = Pattern.compile("__name__=~\"[^\"]*\"(?=, job=\"\")");

  /** What a template puts into quotes; queries are among that. */
  private static final Pattern QUOTED =
      Pattern.compile("(?:query|printf) \"((?:[^\"\\\\]|\\\\.)*+)\"");

  /** Which recorded series keep the job that they tell of. */
  private static final Set<String> ABOUT_JOBS =
      Set.of("namespend_exporter:excluded:bool", "cluster_job:exporter:info");

  @Test
  void everySelectorSaysWhereItsSeriesComeFrom() {
    RuleManifests manifests = RuleManifests.withOptional(RULES);
    List<String> unguarded =
        Stream.concat(manifests.recordingRules().stream(), manifests.alerts().stream())
            .flatMap(
                rule ->
                    unguarded(rule.expression()).stream()
                        .map(selector -> rule.name() + " of " + rule.file() + ": " + selector))
            .toList();

    assertThat(unguarded).isEmpty();
  }

  @Test
  void textsOfAlertsAskForOurSeriesOnly() {
    List<String> unguarded =
        new RuleManifests(RULES)
            .alerts().stream()
                .flatMap(
                    alert ->
                        StreamSupport.stream(alert.body().path("annotations").spliterator(), false)
                            .flatMap(text -> QUOTED.matcher(text.asText()).results())
                            .flatMap(query -> unguarded(query.group(1)).stream())
                            .map(selector -> alert.name() + ": " + selector))
                .toList();

    assertThat(unguarded).isEmpty();
  }

  @Test
  void dashboardsAskForOurSeriesOnly() {
    List<Dashboard> dashboards = Dashboard.in(Path.of("../dashboards"));
    List<String> unguarded =
        dashboards.stream()
            .flatMap(
                dashboard ->
                    Stream.of("expr", "query", "definition")
                        .flatMap(field -> dashboard.json().findValues(field).stream())
                        .map(query -> NAMES.matcher(query.asText()).replaceAll(""))
                        .flatMap(query -> unguarded(query).stream())
                        .map(selector -> dashboard.uid() + ": " + selector))
            .toList();

    assertThat(dashboards).isNotEmpty();
    assertThat(unguarded).isEmpty();
  }

  @Test
  void whatIsUnguardedIsFound() {
    assertThat(
            unguarded(
                "sum by (cluster) (node_total_hourly_cost)"
                    + " + a:b:sum{job=\"\"} - a:b:sum{x=\"y\"} * namespend_build_info{job=\"evil\"}"
                    + " + label_replace(up, \"x\", \"a:b:c\", \"y\", \"\")"))
        .containsExactly(
            "node_total_hourly_cost", "a:b:sum{x=\"y\"}", "namespend_build_info{job=\"evil\"}");
  }

  private static List<String> unguarded(String expression) {
    List<String> found = new ArrayList<>();
    Matcher selector = SELECTOR.matcher(expression);
    while (selector.find()) {
      String name = selector.group(1);
      String matchers = selector.group(2) == null ? "" : selector.group(2);
      String origin = name.contains(":") ? "job=\"\"" : "job=~\"(namespend.*)?\"";
      if (!ABOUT_JOBS.contains(name) && !matchers.replace('\'', '"').contains(origin)) {
        found.add(selector.group());
      }
    }
    return found;
  }
}
