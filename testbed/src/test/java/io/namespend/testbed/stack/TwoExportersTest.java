package io.namespend.testbed.stack;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.testbed.kubernetes.SimulatedApiServer;
import io.namespend.testbed.process.ExporterProcess;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import io.namespend.testbed.simulation.ClusterPlan;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real exporters of one cluster behind a real Prometheus: one loses its API server, then one
 * with a newer policy comes. The figures are those of one of them, whole.
 */
@Tag("rules")
@Tag("prometheus")
class TwoExportersTest {
  private static final Path JAR = Path.of("../exporter/target/exporter.jar");
  private static final Path RULES = Path.of("../alert-rules");
  private static final long HOUR = 3600;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** What is requested, by namespace: as the rules have it, and as one exporter says. */
  private static final String RULED =
      "sum by (namespace) (namespace_basis:cost_hourly:sum{basis=\"request\"})";

  private static final String SAID =
      "sum by (namespace) (namespend_workload_request_hourly_cost{replica=\"%s\"})";

  @TempDir private Path folder;

  @Test
  void oneOfThemSpeaks() throws IOException, InterruptedException {
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH"));
    long now = Clock.systemUTC().instant().getEpochSecond();
    SimulatedCluster cluster = ClusterPlan.simulate(now - 24 * HOUR, now + HOUR, 1, 42);
    // The job of every half hour runs for eleven minutes: there at first, gone later.
    long withJob = now - now % (HOUR / 2) - 12 * HOUR + 300;
    long withoutJob = withJob + 900;
    // Closed while everything runs.
    SimulatedApiServer lost = SimulatedApiServer.start(cluster, withJob);
    try (SimulatedApiServer api = SimulatedApiServer.start(cluster, withJob);
        ExporterProcess a = exporter("a", lost);
        ExporterProcess b = exporter("b", api);
        ExporterProcess c = exporter("c", api, "--policy=" + policy())) {
      List<Path> rules = rules();
      try (Prometheus prometheus = prometheus(tools, rules, Map.of("a", a, "b", b))) {
        PrometheusClient client = client(prometheus);
        eventually(() -> assertThat(values(client, RULED)).isNotEmpty());

        lost.close();
        api.moveTo(withoutJob);
        eventually(
            () -> {
              assertThat(excluded(client)).isEqualTo("a superseded");
              assertThat(values(client, SAID.formatted("b")))
                  .isNotEqualTo(values(client, SAID.formatted("a")))
                  .isEqualTo(values(client, RULED));
              assertThat(values(client, "namespend:conservation_error:ratio < bool 1e-9"))
                  .containsValue(1.0);
              assertThat(
                      client.query(
                          "ALERTS{alertname=\"NamespendClusterStale\", alertstate=\"firing\"}",
                          Clock.systemUTC().instant()))
                  .isNotEmpty()
                  .allMatch(alert -> alert.label("replica").equals("a"));
            });
      }
      try (Prometheus prometheus = prometheus(tools, rules, Map.of("b", b, "c", c))) {
        PrometheusClient client = client(prometheus);
        // The policy of c was read after that of b, and charges all by requests.
        eventually(
            () -> {
              assertThat(excluded(client)).isEqualTo("b superseded");
              assertThat(values(client, "sum by (namespace) (namespace:compute_cost_hourly:sum)"))
                  .isNotEmpty()
                  .isEqualTo(values(client, SAID.formatted("c")));
            });
      }
    }
  }

  private Path policy() throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), "allocation: {model: request}\n");
  }

  private ExporterProcess exporter(String name, SimulatedApiServer api, String... arguments)
      throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve(name + ".kubeconfig"), api.kubeconfig());
    List<String> all = new ArrayList<>(List.of("--kubeconfig=" + kubeconfig));
    all.addAll(List.of(arguments));
    return ExporterProcess.start(JAR, folder.resolve(name + ".log"), all);
  }

  /** Every second, and with a threshold that seconds can reach. */
  private List<Path> rules() throws IOException {
    List<Path> files = new RuleManifests(RULES).writeRuleFiles(folder.resolve("rules"));
    for (Path file : files) {
      Files.writeString(
          file,
          Files.readString(file)
              .replaceAll("(?m)^( *interval:).*$", "$1 1s")
              .replaceAll("(?m)^( *for:).*$", "$1 0s")
              .replace("vector(15 * 60)", "vector(15)"));
    }
    return files;
  }

  private Prometheus prometheus(
      Tools tools, List<Path> rules, Map<String, ExporterProcess> exporters) {
    String targets =
        new TreeMap<>(exporters)
            .entrySet().stream()
                .map(
                    exporter ->
                        "      - targets: [\"%s\"]\n        labels: {replica: %s}\n"
                            .formatted(
                                exporter.getValue().address().getAuthority(), exporter.getKey()))
                .collect(joining());
    String config =
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files:
        %s
        scrape_configs:
          - job_name: namespend-exporter
            honor_labels: true
            static_configs:
        %s\
        """
            .formatted(
                rules.stream().map(file -> "  - " + file.toAbsolutePath()).collect(joining("\n")),
                targets);
    return Prometheus.start(
        tools, folder.resolve(String.join("", new TreeMap<>(exporters).keySet())), config, 0);
  }

  private static PrometheusClient client(Prometheus prometheus) {
    return PrometheusClient.of(
        PrometheusUrl.parse(prometheus.address().toString()),
        Duration.ofSeconds(30),
        warning -> {
          throw new AssertionError(warning);
        });
  }

  /** Rounded, since sums in another order differ in the last digit. */
  private static Map<String, Double> values(PrometheusClient client, String query) {
    Map<String, Double> values = new TreeMap<>();
    for (Sample sample : client.query(query, Clock.systemUTC().instant())) {
      values.put(sample.label("namespace"), Math.round(sample.value() * 1e9) / 1e9);
    }
    return values;
  }

  private static String excluded(PrometheusClient client) {
    return client.query("namespend_exporter:excluded:bool", Clock.systemUTC().instant()).stream()
        .map(sample -> sample.label("replica") + " " + sample.label("reason"))
        .sorted()
        .collect(joining(", "));
  }

  private static void eventually(Runnable assertion) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }
}
