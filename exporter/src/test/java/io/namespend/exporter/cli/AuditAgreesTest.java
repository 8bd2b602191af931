package io.namespend.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.exposition.ClusterMetrics;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.price.currency.RatesInForce;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The audit of a random cluster against a count of the dump's text, and against the metrics of the
 * same dump. Nodes are in the shapes of EKS with Karpenter, GKE, and a machine that nobody knows.
 */
class AuditAgreesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LABELS = List.of("team", "cost-center", "environment");
  private static final List<String> NODES =
      List.of(
          """
          {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-0", "labels": {
             "beta.kubernetes.io/instance-type": "c7g.large", "karpenter.sh/capacity-type": "spot",
             "node.kubernetes.io/instance-type": "c7g.large", "kubernetes.io/arch": "arm64",
             "topology.kubernetes.io/region": "us-east-1", "topology.kubernetes.io/zone": "us-east-1b"}},
           "spec": {"providerID": "aws:///us-east-1b/i-0a1b2c3d4e5f60718"},
           "status": {"capacity": {"cpu": "200", "memory": "390768400Ki", "pods": "29"},
             "allocatable": {"cpu": "1930m", "memory": "3352676Ki", "pods": "29"}}}
          """,
          """
          {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-1", "labels": {
             "cloud.google.com/gke-nodepool": "default", "node.kubernetes.io/instance-type": "n2-standard-4",
             "topology.kubernetes.io/region": "europe-west1", "topology.kubernetes.io/zone": "europe-west1-b"}},
           "spec": {"providerID": "gce://project/europe-west1-b/gke-default-1"},
           "status": {"capacity": {"cpu": "400", "memory": "1639324400Ki"},
             "allocatable": {"cpu": "3920m", "memory": "13591580Ki"},
             "nodeInfo": {"kubeletVersion": "v1.33.1-gke.100"}}}
          """,
          """
          {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-2"},
           "status": {"capacity": {"cpu": "1600", "memory": "6400Gi"}}}
          """);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void withACountByHandAndWithTheMetrics(int seed) throws IOException {
    Path dump = Files.writeString(folder.resolve("cluster.json"), dump(new Random(seed)));
    PolicyFile defaults = PolicyFile.defaults();
    ClusterSnapshot cluster =
        new ClusterDump(dump, Clock.systemUTC().instant(), Set.of(), Set.copyOf(LABELS)).snapshot();
    var metrics =
        new ClusterMetrics(
                PriceSources.open(
                        defaults.prices(),
                        () -> RatesInForce.none("USD"),
                        () -> cluster,
                        Clock.systemUTC())
                    .pricer(),
                defaults::policy,
                false)
            .of(cluster, Clock.systemUTC().instant());

    JsonNode audit =
        JSON.readTree(
            Run.of(
                    "audit-labels",
                    "--cluster-snapshot",
                    dump.toString(),
                    "--format",
                    "json",
                    "--exclude",
                    "")
                .out());
    LabelCount count = new LabelCount(JSON.readTree(dump.toFile()).path("items"));

    for (int i = 0; i < LABELS.size(); i++) {
      String label = LABELS.get(i);
      JsonNode coverage = audit.path("coverage").path(i);
      assertThat(coverage.path("label").asText()).isEqualTo(label);
      assertThat(coverage.path("namespaces").path("labelled").asInt())
          .isEqualTo(count.namespacesWith(List.of(label)));
      assertThat(coverage.path("workloads").path("labelled").asInt())
          .isEqualTo(count.workloadsWith(List.of(label)));
      String metricLabel = label.replace('-', '_');
      assertThat(audit.path("namespacesWithoutOwner").path(label).asDouble())
          .isEqualTo(sum(metrics, "namespend_namespaces_without_label", "label", metricLabel))
          .isEqualTo(count.namespaces() - count.namespacesWith(List.of(label)));
      assertThat(audit.path("workloadsWithoutOwner").path(label).asDouble())
          .isEqualTo(sum(metrics, "namespend_workloads_without_label", "label", metricLabel))
          .isEqualTo(count.runningWithout(label));
    }
    JsonNode all = audit.path("coverageOfAll");
    assertThat(all.path("namespaces").path("labelled").asInt())
        .isEqualTo(count.namespacesWith(LABELS));
    assertThat(all.path("namespaces").path("total").asInt()).isEqualTo(count.namespaces());
    assertThat(all.path("workloads").path("labelled").asInt())
        .isEqualTo(count.workloadsWith(LABELS));
    assertThat(all.path("workloads").path("total").asInt()).isEqualTo(count.workloads());
    assertThat(offenders(audit))
        .isEqualTo(
            count.namespaces()
                - count.namespacesWith(LABELS)
                + count.workloads()
                - count.workloadsWith(LABELS));
    assertMoney(audit, count, metrics);
  }

  private static void assertMoney(
      JsonNode audit, LabelCount count, Iterable<MetricSnapshot> metrics) {
    LabelCount.Rates rates =
        node ->
            new double[] {
              sum(metrics, "node_cpu_hourly_cost", "node", node),
              sum(metrics, "node_ram_hourly_cost", "node", node)
            };
    double total = 0;
    for (LabelCount.By by : LabelCount.By.values()) {
      for (int i = 0; i < LABELS.size(); i++) {
        assertThat(amount(audit.path("coverage").path(i), by))
            .as("%s by %s", LABELS.get(i), by)
            .isCloseTo(count.money(by, List.of(LABELS.get(i)), rates), within(1e-12));
      }
      double all = amount(audit.path("coverageOfAll"), by);
      assertThat(all).isCloseTo(count.money(by, LABELS, rates), within(1e-12));
      total += all;
    }
    assertThat(total)
        .isCloseTo(
            sum(metrics, "namespend_workload_request_hourly_cost", "resource", "cpu")
                + sum(metrics, "namespend_workload_request_hourly_cost", "resource", "memory"),
            within(1e-12));
  }

  private static double amount(JsonNode coverage, LabelCount.By by) {
    return coverage.path("hourlyMoneyBy" + by).path("amount").asDouble();
  }

  private static int offenders(JsonNode audit) {
    return audit.path("offenders").size();
  }

  private static double sum(
      Iterable<MetricSnapshot> metrics, String name, String label, String value) {
    double sum = 0;
    for (MetricSnapshot family : metrics) {
      for (DataPointSnapshot point : family.getDataPoints()) {
        if (family.getMetadata().getName().equals(name)
            && value.equals(point.getLabels().get(label))) {
          sum += ((GaugeDataPointSnapshot) point).getValue();
        }
      }
    }
    return sum;
  }

  private static String dump(Random random) {
    List<String> items = new ArrayList<>(NODES);
    for (int n = 0; n < 12; n++) {
      String namespace = "ns-" + n;
      items.add(object("v1", "Namespace", "", namespace, "", labels(random), ""));
      for (int w = random.nextInt(4); w > 0; w--) {
        addWorkload(random, items, namespace, "w" + w);
      }
    }
    return "{\"kind\": \"List\", \"items\": [" + String.join(",", items) + "]}";
  }

  private static void addWorkload(
      Random random, List<String> items, String namespace, String name) {
    String kind =
        List.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob").get(random.nextInt(5));
    String template = labels(random);
    String spec = "{\"template\": {\"metadata\": {\"labels\": %s}}}".formatted(template);
    boolean isCronJob = kind.equals("CronJob");
    items.add(
        object(
            kind.endsWith("Job") ? "batch/v1" : "apps/v1",
            kind,
            namespace,
            name,
            "",
            labels(random),
            isCronJob ? "{\"jobTemplate\": {\"spec\": %s}}".formatted(spec) : spec));
    String owner = owner(kind, name);
    if (isCronJob) {
      items.add(object("batch/v1", "Job", namespace, name + "-1", owner, template, ""));
      owner = owner("Job", name + "-1");
    } else if (kind.equals("Deployment")) {
      items.add(object("apps/v1", "ReplicaSet", namespace, name + "-a", owner, template, ""));
      owner = owner("ReplicaSet", name + "-a");
    }
    for (int pod = random.nextInt(3); pod > 0; pod--) {
      items.add(
          object(
              "v1",
              "Pod",
              namespace,
              name + "-" + kind.toLowerCase(Locale.ROOT) + "-" + pod,
              owner,
              template,
              """
              {"nodeName": "node-%d", "containers": [{"name": "a", "resources": {"requests":
                {"cpu": "%dm", "memory": "%dMi"}}}]}
              """
                  .formatted(
                      random.nextInt(NODES.size()), random.nextInt(900), random.nextInt(900))));
    }
  }

  private static String object(
      String apiVersion,
      String kind,
      String namespace,
      String name,
      String owner,
      String labels,
      String spec) {
    return """
    {"apiVersion": "%s", "kind": "%s", "metadata": {"namespace": "%s", "name": "%s", "labels": %s,
     "ownerReferences": [%s]}, "spec": %s}
    """
        .formatted(apiVersion, kind, namespace, name, labels, owner, spec.isEmpty() ? "{}" : spec);
  }

  private static String owner(String kind, String name) {
    return "{\"kind\": \"%s\", \"name\": \"%s\", \"controller\": true}".formatted(kind, name);
  }

  /** Each label in three cases of four, sometimes empty. */
  private static String labels(Random random) {
    List<String> labels = new ArrayList<>(List.of("\"app\": \"x\""));
    for (String label : LABELS) {
      if (random.nextInt(4) > 0) {
        String value = random.nextInt(10) == 0 ? "" : "v" + random.nextInt(3);
        labels.add("\"%s\": \"%s\"".formatted(label, value));
      }
    }
    return "{" + String.join(", ", labels) + "}";
  }
}
