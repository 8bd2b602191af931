package io.namespend.testbed.random;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Split;
import io.namespend.testbed.process.FailedProcessException;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every family of series that the calculation reads, lost, frozen, late, doubled or renamed alone,
 * in random clusters that change within the hour: no namespace's dollars of the hour change by more
 * than a percent, or a witness of docs/decisions/rules.md speaks in the same hour. {@code
 * -Dnamespend.seed=7} tries other clusters than usual.
 */
@Tag("rules")
class MutatedInputsTest {
  private static final long SEED = Long.getLong("namespend.seed", 20_261_128);
  private static final int CLUSTERS = Integer.getInteger("namespend.clusters", 1);
  private static final int CHANGE = 16;

  /** Clusters in a rule test; promtool gives a query 10,000 samples. */
  private static final int BATCH = Integer.getInteger("namespend.batch", 25);

  private static final Path RULES = Path.of("../alert-rules");

  /** All that the exporter says. */
  private static final String PAGE = "page";

  private static final String CPU = "container_cpu_usage_seconds_total";
  private static final String MEMORY = "container_memory_working_set_bytes";
  private static final Set<String> MEASURED = Set.of(CPU, MEMORY);
  private static final Set<String> RECORDED =
      Set.of("pool_driver:share:ratio", "namespace_kind:network_cost_hourly:sum");

  /** What may happen to a whole page; one that is late as a whole has late hours. */
  private static final List<Mutation> OF_PAGE =
      List.of(
          Mutation.DROP,
          Mutation.FREEZE,
          Mutation.SECOND_TARGET,
          Mutation.OLD_REPLICA,
          Mutation.RENAME);

  private static final List<Mutation> OF_EXPORTER =
      List.of(
          Mutation.DROP,
          Mutation.DROP_ROWS,
          Mutation.FREEZE,
          Mutation.DELAY,
          Mutation.SECOND_TARGET,
          Mutation.OLD_TARGET,
          Mutation.OLD_REPLICA,
          Mutation.RENAME,
          Mutation.LOSE_LABEL);

  private static final List<Mutation> OF_MEASURED =
      List.of(
          Mutation.DROP,
          Mutation.DROP_PODS,
          Mutation.FREEZE,
          Mutation.DELAY,
          Mutation.SECOND_TARGET,
          Mutation.RENAME,
          Mutation.LOSE_LABEL,
          Mutation.LOSE_CONTAINER);

  private static final List<Mutation> OF_RECORDED = List.of(Mutation.DROP, Mutation.DELAY);

  private static final Pattern GOT = Pattern.compile("cluster=\"(c\\d+);([^;]+);(\\w+)\"");

  @TempDir private Path folder;

  @Test
  void moveNoMoneyWithoutAWitness() throws IOException {
    StringBuilder test = new StringBuilder();
    for (Path file : new RuleManifests(RULES).writeRuleFiles(folder)) {
      Files.writeString(file, Files.readString(file).replaceAll("(?m)^( *interval:).*$", "$1 4m"));
    }
    test.append("rule_files: [10-usage.yaml, 15-inputs.yaml, 20-cost.yaml,");
    test.append(" 22-node-groups.yaml, 30-totals.yaml, 45-settings.yaml, 70-alerts.yaml]\n");
    test.append("evaluation_interval: 4m\n");
    test.append("group_eval_order: [namespend-usage-cgroups, namespend-usage, namespend-inputs,");
    test.append(" namespend-cost, namespend-node-groups, namespend-totals, namespend-settings,");
    test.append(" namespend-trust-alerts, namespend-exporter-alerts]\n");
    test.append("tests:\n");
    ScenarioGenerator generator = new ScenarioGenerator(new Random(SEED), false);
    List<Scenario> clusters =
        Stream.generate(generator::next)
            .map(Growth::requesting)
            .filter(MutatedInputsTest::hasOfEverything)
            .limit(CLUSTERS)
            .toList();
    int cells = 0;
    for (int i = 0; i < CLUSTERS; i++) {
      cells += add("c" + i, clusters.get(i), test);
    }
    assertThat(cells).isGreaterThan(200);

    Path log = folder.resolve("promtool.log");
    try {
      new Promtool(
              Tools.find()
                  .orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH")),
              log)
          .testRules(Files.writeString(folder.resolve("mutated-test.yaml"), test));
    } catch (FailedProcessException e) {
      throw new AssertionError(table(Files.readString(log)), e);
    }
  }

  /** Whether it has several of all that is priced, so that no mutation is without effect. */
  private static boolean hasOfEverything(Scenario scenario) {
    return !scenario.oddities().twoKubelets()
        && scenario.nodes().size() == 2
        && scenario.pods().size() < 9
        && scenario.nodes().stream().allMatch(node -> node.price().orElse(0.0) > 0)
        && scenario.claims().size() > 1
        && !scenario.unclaimedVolumes().isEmpty()
        && !scenario.loadBalancers().isEmpty()
        && scenario.controlPlane() > 0
        && !scenario.network().isEmpty()
        && scenario.namespaces().size() == 4
        && scenario.namespaces().stream().anyMatch(namespace -> !namespace.isTenant())
        && scenario.pools().stream().anyMatch(pool -> pool.serviceCost().isPresent())
        && scenario.pools().stream().anyMatch(pool -> !pool.floors().isEmpty())
        && scenario.pools().stream().anyMatch(pool -> pool.split() == Split.DRIVER)
        && scenario.externalServices().stream().anyMatch(each -> !each.namespace().isEmpty())
        && scenario.pods().stream()
                .filter(pod -> pod.phase() == Phase.RUNNING && !pod.node().equals("gone-node"))
                .map(Scenario.Pod::namespace)
                .distinct()
                .count()
            > 2;
  }

  /** The cluster as it is, and once for each family and what can happen to it. */
  private int add(String cluster, Scenario before, StringBuilder test) {
    Scenario after = Growth.of(before);
    ExporterSeries exporter = new ExporterSeries(folder);
    List<TimedSeries> page = new ArrayList<>();
    TimedSeries.of(exporter.of(before), exporter.of(after), CHANGE)
        .forEach(series -> page.add(series.with("job", "namespend-exporter").with("replica", "a")));
    page.addAll(health());
    List<TimedSeries> others = new ArrayList<>();
    TimedSeries.of(MeasuredSeries.of(before), MeasuredSeries.of(after), CHANGE).stream()
        .filter(series -> MEASURED.contains(series.name()))
        .forEach(others::add);
    others.addAll(TimedSeries.of(RecordedSeries.of(before), RecordedSeries.of(after), CHANGE));
    Map<String, List<TimedSeries>> families = new LinkedHashMap<>();
    Stream.concat(page.stream(), others.stream())
        .forEach(
            series ->
                families.computeIfAbsent(series.name(), name -> new ArrayList<>()).add(series));
    families
        .values()
        .forEach(rows -> rows.sort(Comparator.comparing(row -> row.labels().toString())));

    Map<String, List<TimedSeries>> mutated = new LinkedHashMap<>();
    for (Mutation mutation : OF_PAGE) {
      mutated.put(
          name(cluster, PAGE, mutation),
          Stream.concat(mutation.of(page).stream(), others.stream()).toList());
    }
    for (String family : families.keySet()) {
      for (Mutation mutation : mutations(family)) {
        List<TimedSeries> all = new ArrayList<>(mutation.of(families.get(family)));
        families.forEach(
            (other, rows) -> all.addAll(other.equals(family) ? List.<TimedSeries>of() : rows));
        mutated.put(name(cluster, family, mutation), all);
      }
    }
    List<TimedSeries> same = families.values().stream().flatMap(List::stream).toList();
    List<String> names = List.copyOf(mutated.keySet());
    for (int begin = 0; begin < names.size(); begin += BATCH) {
      test.append("  - interval: 1m\n    input_series:\n");
      write(cluster, same, test);
      names
          .subList(begin, Math.min(begin + BATCH, names.size()))
          .forEach(name -> write(name, requireNonNull(mutated.get(name)), test));
      test.append("    promql_expr_test:\n");
      expect(altered(cluster), List.of(), test);
      expect(changed(cluster) + " unless on (cluster) " + witnessed(cluster), List.of(), test);
      if (begin == 0) {
        // Otherwise there would be nothing to witness.
        expect(
            "count(" + changed(cluster) + ") > bool 1", List.of("{labels: '{}', value: 1}"), test);
      }
    }
    return names.size();
  }

  private static List<Mutation> mutations(String family) {
    if (MEASURED.contains(family)) {
      return OF_MEASURED;
    }
    return RECORDED.contains(family) ? OF_RECORDED : OF_EXPORTER;
  }

  private static String name(String cluster, String family, Mutation mutation) {
    return cluster + ";" + family + ";" + mutation;
  }

  private static void write(String cluster, List<TimedSeries> series, StringBuilder test) {
    series.forEach(each -> test.append(each.with("cluster", cluster).line()));
    if (series.stream().anyMatch(each -> each.name().equals(CPU))) {
      test.append(
          "      - {series: 'testbed_cluster{cluster=\"%s\"}', values: '1x44'}\n"
              .formatted(cluster));
    }
  }

  /** What an exporter says of itself. */
  private static List<TimedSeries> health() {
    Map<String, String> target = Map.of("job", "namespend-exporter", "replica", "a");
    List<Double> now =
        IntStream.range(0, TimedSeries.MINUTES).mapToObj(minute -> 60.0 * minute).toList();
    List<Double> one = now.stream().map(minute -> 1.0).toList();
    String sync = "namespend_cluster_sync_timestamp_seconds";
    return List.of(
        new TimedSeries(sync, target, now).with("kind", "nodes"),
        new TimedSeries(sync, target, now).with("kind", "pods"),
        new TimedSeries("namespend_config_reload_success_timestamp_seconds", target, one),
        new TimedSeries("namespend_build_info", target, one),
        new TimedSeries("namespend_honor_labels_info", target, one)
            .with("namespace", "honored")
            .with("pod", "honored")
            .with("node", "honored"));
  }

  /** Where the rules do not read what the exporter says although nothing happened. */
  private static String altered(String cluster) {
    return "abs(cluster_family:input_read:ratio{cluster=\"%s\"} - 1) > 1e-9".formatted(cluster);
  }

  /** Clusters in which a namespace has not the dollars that it should. */
  private static String changed(String cluster) {
    String is =
        "sum_over_time(namespace:cost_hourly:sum{cluster=~\"%s;.+\"}[43m59s])".formatted(cluster);
    String should =
        "sum_over_time(namespace:cost_hourly:sum{cluster=\"%s\"}[43m59s])".formatted(cluster);
    return """
    (group by (cluster) (
      abs(%1$s - on (namespace) group_left () %2$s) > on (namespace) group_left () (0.01 * %2$s)
      or %1$s > 0.001 unless on (namespace) %2$s
    )
    or group by (cluster) (testbed_cluster{cluster=~"%3$s;.+"})
      unless on (cluster) (count by (cluster) (%1$s and on (namespace) %2$s) == scalar(count(%2$s))))\
    """
        .formatted(is, should, cluster)
        .replace("\n", " ");
  }

  /** Clusters in which an alert, or a series that the docs name, speaks that is silent without. */
  private static String witnessed(String cluster) {
    String mutated = "cluster=~\"%s;.+\"".formatted(cluster);
    String same = "cluster=\"%s\"".formatted(cluster);
    return """
    group by (cluster) (
      count_over_time(ALERTS{topic="trust",%1$s}[29m59s])
        unless on (alertname, namespace, pool) count_over_time(ALERTS{topic="trust",%2$s}[29m59s])
      or min_over_time(cluster_family:input_read:ratio{%1$s}[29m59s]) < 0.999999
      or max_over_time(cluster_family:input_read:ratio{%1$s}[29m59s]) > 1.000001
      or count_over_time(namespend:totals_evaluated:bool{component="node", %1$s}[43m59s])
        < scalar(count_over_time(namespend:totals_evaluated:bool{component="node", %2$s}[43m59s]))
      or min_over_time(namespace:usage_measured:ratio{%1$s}[29m59s])
        < on (namespace) group_left () min_over_time(namespace:usage_measured:ratio{%2$s}[29m59s])
    )\
    """
        .formatted(mutated, same)
        .replace("\n", " ");
  }

  private static void expect(String promql, List<String> samples, StringBuilder test) {
    test.append("      - expr: |\n          ").append(promql).append("\n        eval_time: 44m\n");
    test.append("        exp_samples: [").append(String.join(", ", samples)).append("]\n");
  }

  /** What moved money in silence. */
  private static String table(String log) {
    String cells =
        GOT.matcher(log)
            .results()
            .map(cell -> "%-4s %-45s %s".formatted(cell.group(1), cell.group(2), cell.group(3)))
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return "with -Dnamespend.seed=%d money moved without a witness:%n%s%n%s"
        .formatted(SEED, cells, log.length() > 20_000 ? log.substring(0, 20_000) : log);
  }
}
