package io.namespend.testbed.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.exporter.cli.Exporter;
import io.namespend.testbed.kubernetes.SimulatedApiServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code exporter audit-labels} of the living simulated cluster, against what its plan says. */
class LabelAuditTest {
  private static final long BEGIN = 1_795_000_000L / 60 * 60;
  private static final long NOW = BEGIN + 14 * 86_400;
  private static final List<String> LABELS = List.of("team", "cost-center", "environment");

  private static final SimulatedCluster CLUSTER =
      ClusterPlan.simulate(BEGIN, BEGIN + 15 * 86_400, 2, 42);

  private static JsonNode audit;

  @BeforeAll
  static void audit(@TempDir Path folder) throws IOException {
    try (SimulatedApiServer api = SimulatedApiServer.start(CLUSTER, NOW)) {
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());
      PrintStream before = System.out;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
        System.setOut(captured);
        int exit =
            new CommandLine(new Exporter())
                .execute(
                    "audit-labels",
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "--exclude",
                    "kube-system",
                    "--format",
                    "json");
        assertThat(exit).as("not ready").isEqualTo(3);
      } finally {
        System.setOut(before);
      }
      audit = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void countsNamespacesAndWorkloads() {
    List<SimNamespace> namespaces =
        CLUSTER.namespaces().stream().filter(each -> !each.name().equals("kube-system")).toList();
    JsonNode all = audit.path("coverageOfAll");

    assertThat(all.path("namespaces").path("total").asInt()).isEqualTo(namespaces.size());
    assertThat(all.path("namespaces").path("labelled").asInt())
        .isEqualTo(count(namespaces, each -> each.labels().keySet().containsAll(LABELS)))
        .isBetween(1, namespaces.size() - 1);
    Set<SimWorkload> workloads = workloads();
    assertThat(all.path("workloads").path("total").asInt()).isEqualTo(workloads.size());
    assertThat(all.path("workloads").path("labelled").asInt())
        .isEqualTo(
            count(
                workloads,
                each ->
                    each.labels().keySet().containsAll(LABELS)
                        && each.templateLabels().keySet().containsAll(LABELS)))
        .isBetween(1, workloads.size() - 1);
  }

  @Test
  void addsUpTheMoney() {
    Map<String, Map<String, String>> labelsOfNamespace =
        CLUSTER.namespaces().stream()
            .collect(Collectors.toMap(SimNamespace::name, SimNamespace::labels));
    double own = 0;
    double inherited = 0;
    double nobody = 0;
    for (SimPod pod : CLUSTER.podsAt(NOW)) {
      if (!pod.runsAt(NOW) || pod.namespace().equals("kube-system")) {
        continue;
      }
      SimWorkload workload = pod.workload();
      Set<String> named = new HashSet<>(workload.labels().keySet());
      named.addAll(workload.templateLabels().keySet());
      if (workload.kind().equals("Pod")) {
        named.retainAll(workload.templateLabels().keySet());
      }
      if (named.containsAll(LABELS)) {
        own += cost(pod);
      } else if (labelsOfNamespace
          .getOrDefault(pod.namespace(), Map.of())
          .keySet()
          .containsAll(LABELS)) {
        inherited += cost(pod);
      } else {
        nobody += cost(pod);
      }
    }
    JsonNode all = audit.path("coverageOfAll");

    assertThat(List.of(own, inherited, nobody)).allMatch(money -> money > 0);
    assertThat(amount(all, "Workload")).isCloseTo(own, within(1e-9));
    assertThat(amount(all, "Namespace")).isCloseTo(inherited, within(1e-9));
    assertThat(amount(all, "Nobody")).isCloseTo(nobody, within(1e-9));
  }

  private static double amount(JsonNode coverage, String by) {
    return coverage.path("hourlyMoneyBy" + by).path("amount").asDouble();
  }

  /** A node's price by OpenCost's weights of a core, a GiB and a GPU; amounts as Kubernetes has. */
  private static double cost(SimPod pod) {
    SimNode node = pod.node().orElseThrow();
    double weight =
        node.cpuCores() * 0.031611
            + Math.round(node.memoryBytes() / 1024) / 1048576.0 * 0.004237
            + node.gpus() * 0.95;
    return node.hourlyPrice()
        / weight
        * (pod.requestedCores() * 0.031611
            + pod.requestedBytes() / (1L << 30) * 0.004237
            + pod.requestedGpus() * 0.95);
  }

  /** Those that someone deployed, by their names. */
  private static Set<SimWorkload> workloads() {
    Set<String> names = new HashSet<>();
    return CLUSTER.podsAt(NOW).stream()
        .map(SimPod::workload)
        .filter(each -> !each.namespace().equals("kube-system") && !each.kind().equals("Pod"))
        .filter(each -> names.add(each.kind() + each.namespace() + "/" + each.name()))
        .collect(Collectors.toSet());
  }

  private static <T> int count(Collection<T> all, Predicate<T> condition) {
    return (int) all.stream().filter(condition).count();
  }
}
