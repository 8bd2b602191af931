package io.namespend.testbed.random;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.exposition.ClusterMetrics;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.testbed.model.SeriesKey;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tenant's random edits, from a dump of the cluster through the exporter and a real Prometheus
 * with the shipped rules to what each namespace pays: no other namespace's money moves. What is
 * exact, after every edit (docs/allocation-policy.md):
 *
 * <ul>
 *   <li>The direct cost of each other namespace is what it was, resource by resource, and so are
 *       the owners who bear it. No namespace of somebody else appears.
 *   <li>The cluster costs more by the tenant's volumes and load balancers alone.
 *   <li>Where no pool is split, each other namespace pays what it did, and the tenant's own bill
 *       grows by what idle and system lose, and by its volumes and balancers.
 *   <li>Where pools are split in proportion, which is the default, each namespace pays its direct
 *       cost times the cluster's cost over all direct cost. That of others is the one from before,
 *       so only the keys' sum and the pools move them.
 * </ul>
 *
 * {@code -Dnamespend.seed=7} tries other clusters than usual.
 */
@Tag("rules")
@Tag("prometheus")
class TenantsMoneyTest {
  private static final long SEED = Long.getLong("namespend.seed", 20_261_128);
  private static final int CLUSTERS = Integer.getInteger("namespend.clusters", 8);
  private static final int EDITS = 7;
  private static final Path RULES = Path.of("../alert-rules");
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  private static final String TOTAL = "namespace:cost_hourly:sum";
  private static final String DIRECT = "namespace:cost_hourly:direct";
  private static final String OWNERS = "namespace_owner:cost_hourly:sum";
  private static final String CLUSTER = "cluster:cost_hourly:sum";
  private static final String UNALLOCATED = "pool:cost_hourly:unallocated";
  private static final String CONSERVATION = "namespend:conservation_error:ratio";

  /** Nothing is split, and nothing but what pods run on is in a pool. */
  private static final String UNSPLIT =
      """
      pools:
        - {name: idle, split: none}
        - {name: system, split: none}
        - {name: unclaimed-storage, split: none}
        - {name: control-plane, split: none}
      """;

  private static final List<String> POLICIES =
      List.of(
          UNSPLIT,
          "",
          UNSPLIT + "ownership: {workloads: own}\nallocation: {model: request}\n",
          """
          budgets: [{namespace: "*", daily: 50, monthly: 1000}]
          pools: [{name: platform, namespaces: ["kube-*", "ci-*"], split: even}]
          """);

  @TempDir private Path folder;

  /** A cluster after some edits. */
  private record State(String base, TenantCluster cluster, String edits, boolean isSplit) {}

  @Test
  void noOtherNamespacePaysForATenantsEdits() throws IOException, InterruptedException {
    Map<String, State> states = new HashMap<>();
    Map<String, Map<String, List<FedSeries>>> series = new HashMap<>();
    for (int i = 0; i < CLUSTERS; i++) {
      String yaml = POLICIES.get(i % POLICIES.size());
      Policy policy = policy(yaml);
      TenantCluster cluster = new TenantCluster(new Random(SEED * 1_000 + i));
      String base = "c%03d-0".formatted(i);
      for (int edit = 0; edit <= EDITS; edit++) {
        if (edit > 0) {
          cluster.edit();
        }
        String name = "c%03d-%d".formatted(i, edit);
        series.put(name, series(cluster, policy));
        states.put(name, new State(base, cluster, cluster.edits(), !yaml.startsWith(UNSPLIT)));
      }
    }
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH"));
    Map<String, Map<SeriesKey, Double>> figures;
    try (ClusterRules rules = ClusterRules.start(tools, folder, RULES, List.of())) {
      figures =
          rules.runSeries(
              series, List.of(TOTAL, DIRECT, OWNERS, CLUSTER, UNALLOCATED, CONSERVATION));
    }
    List<String> failures = new ArrayList<>();
    int moved = 0;
    for (Map.Entry<String, State> each : new TreeMap<>(states).entrySet()) {
      State state = each.getValue();
      Figures before = new Figures(requireNonNull(figures.get(state.base())), state.cluster());
      Figures after = new Figures(requireNonNull(figures.get(each.getKey())), state.cluster());
      try {
        check(before, after, state.isSplit());
      } catch (AssertionError e) {
        failures.add(
            "%s with -Dnamespend.seed=%d, %s%n%s"
                .formatted(each.getKey(), SEED, state.edits(), e.getMessage()));
      }
      moved += after.own(TOTAL) == before.own(TOTAL) ? 0 : 1;
    }
    assertThat(failures.size())
        .as(() -> failures.stream().limit(3).collect(Collectors.joining("\n\n")))
        .isZero();
    // Otherwise the tenants would have done nothing.
    assertThat(moved).isGreaterThan(CLUSTERS * EDITS / 2);
  }

  private static void check(Figures before, Figures after, boolean isSplit) {
    after
        .of(CONSERVATION, key -> true)
        .values()
        .forEach(error -> assertThat(error).isLessThan(1e-9));
    same("direct cost of others", before.ofOthers(DIRECT), after.ofOthers(DIRECT));
    assertThat(after.ofOthers(OWNERS).keySet()).isEqualTo(before.ofOthers(OWNERS).keySet());
    assertThat(
            after
                .of(OWNERS, key -> TenantCluster.NAMESPACE.equals(key.labels().get("namespace")))
                .keySet())
        .allSatisfy(key -> assertThat(key.labels()).containsEntry("team", TenantCluster.TEAM));

    double grown = after.outside() - before.outside();
    close("cost of the cluster", before.sum(CLUSTER) + grown, after.sum(CLUSTER));
    if (isSplit) {
      double factor = after.sum(CLUSTER) / after.sum(DIRECT);
      Map<SeriesKey, Double> expected = new HashMap<>();
      before
          .ofOthers(DIRECT)
          .forEach(
              (key, cost) ->
                  expected.merge(
                      SeriesKey.of(
                          TOTAL,
                          "cluster",
                          "",
                          "namespace",
                          requireNonNull(key.labels().get("namespace"))),
                      cost * factor,
                      Double::sum));
      same("what others pay", expected, after.ofOthers(TOTAL));
      close("what the tenant pays", after.own(DIRECT) * factor, after.own(TOTAL));
    } else {
      same("what others pay", before.ofOthers(TOTAL), after.ofOthers(TOTAL));
      close(
          "what the tenant pays",
          before.own(TOTAL) + before.sum(UNALLOCATED) - after.sum(UNALLOCATED) + grown,
          after.own(TOTAL));
      close("what the tenant pays", after.own(DIRECT), after.own(TOTAL));
    }
  }

  private static void same(
      String what, Map<SeriesKey, Double> expected, Map<SeriesKey, Double> actual) {
    assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach(
        (key, value) -> close(what + ", " + key, value, requireNonNull(actual.get(key))));
  }

  private static void close(String what, double expected, double actual) {
    assertThat(actual).as(what).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
  }

  /** What the rules recorded of a cluster. */
  private record Figures(Map<SeriesKey, Double> all, TenantCluster cluster) {
    /** Without the cluster, whose name tells states apart. */
    Map<SeriesKey, Double> of(String metric, Predicate<SeriesKey> wanted) {
      Map<SeriesKey, Double> found = new HashMap<>();
      all.forEach(
          (key, value) -> {
            if (key.metric().equals(metric) && wanted.test(key)) {
              Map<String, String> labels = new HashMap<>(key.labels());
              labels.remove("cluster");
              found.put(new SeriesKey(metric, labels), value);
            }
          });
      return found;
    }

    Map<SeriesKey, Double> ofOthers(String metric) {
      return of(metric, key -> !cluster.isOwn(key.labels().getOrDefault("namespace", "")));
    }

    double own(String metric) {
      return sum(of(metric, key -> cluster.isOwn(key.labels().getOrDefault("namespace", ""))));
    }

    double sum(String metric) {
      return sum(of(metric, key -> true));
    }

    /** The tenant's, of what is not on nodes. */
    double outside() {
      return sum(
          of(
              DIRECT,
              key ->
                  cluster.isOwn(key.labels().getOrDefault("namespace", ""))
                      && key.labels()
                          .getOrDefault("resource", "")
                          .matches("storage|load_balancer")));
    }

    private static double sum(Map<SeriesKey, Double> values) {
      return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private Map<String, List<FedSeries>> series(TenantCluster cluster, Policy policy)
      throws IOException {
    Path dump = Files.writeString(folder.resolve("cluster.json"), cluster.dump());
    ClusterMetrics metrics =
        new ClusterMetrics(new ExporterSeries(folder).pricer(cluster.prices()), () -> policy, true);
    return Map.of(
        ClusterRules.EXPORTER,
        ExporterSeries.of(
            metrics.of(
                new ClusterDump(dump, NOW, Set.of(), policy.ownership().labelNames()).snapshot(),
                NOW)),
        ClusterRules.MEASURED,
        cluster.measured());
  }

  private Policy policy(String yaml) throws IOException {
    return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), NOW).policy();
  }
}
