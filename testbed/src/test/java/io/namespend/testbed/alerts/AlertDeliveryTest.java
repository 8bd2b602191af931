package io.namespend.testbed.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.testbed.alerts.SlackStandIn.Message;
import io.namespend.testbed.backfill.OpenMetricsFile;
import io.namespend.testbed.process.Alertmanager;
import io.namespend.testbed.process.AlertmanagerTools;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import io.namespend.testbed.simulation.ClusterPlan;
import io.namespend.testbed.simulation.SimulatedCluster;
import io.namespend.testbed.truth.TrueCosts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A budget breach on its way: real Prometheus with the rules as shipped, real Alertmanager with the
 * example's configuration, a stand-in for Slack. Only times are shortened: groups are evaluated
 * each second, an alert waits a second, Alertmanager groups for a second. What namespaces cost in
 * the day before is the simulated cluster's truth; the budget is on a page of the test's own.
 */
@Tag("prometheus")
class AlertDeliveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LINK = Pattern.compile("<(http[^|>]+)\\|([^>]+)>");
  private static final long HOUR = 3600;

  @TempDir private Path folder;

  @Test
  void aBreachReachesItsOwnerOnceWithLinksThatWorkAndResolves() throws Exception {
    long now = Clock.systemUTC().instant().getEpochSecond();
    double cost = writeDayBefore(now).getOrDefault("checkout", 0.0);
    try (ScrapedPage page = new ScrapedPage(page(100 * cost));
        SlackStandIn slack = new SlackStandIn("token-of-the-test");
        Alertmanager alertmanager =
            Alertmanager.start(
                AlertmanagerTools.find()
                    .orElseThrow(() -> new AssertionError("run ./check: no alertmanager on PATH")),
                folder,
                alertmanagerConfig(slack.address()));
        Prometheus prometheus =
            Prometheus.start(tools(), folder, prometheusConfig(page, alertmanager), 0)) {
      PrometheusClient client =
          PrometheusClient.of(
              PrometheusUrl.parse(prometheus.address().toString()),
              Duration.ofSeconds(10),
              warning -> {});
      await("a budget that is not used up", () -> exists(client, "budget:used:ratio < 0.5"));
      assertThat(slack.messages()).isEmpty();

      page.show(page(cost / 2));
      await("a message", () -> !slack.messages().isEmpty());
      assertBreach(slack.messages().get(0), cost);

      // Alertmanager looks at the group each second; nothing is said twice.
      int scrapes = page.scrapes();
      await("ten more seconds", () -> page.scrapes() > scrapes + 10);
      assertThat(slack.messages()).hasSize(1);

      page.show(page(100 * cost));
      await("the resolution", () -> slack.messages().size() > 1);
      Message resolved = slack.messages().get(1);
      assertThat(resolved.channel()).isEqualTo("#payments-costs");
      assertThat(resolved.title()).isEqualTo("Resolved: A daily budget is exceeded.");
      assertThat(resolved.color()).isEqualTo("good");
      assertThat(slack.messages()).hasSize(2);
    }
  }

  private static void assertBreach(Message message, double cost) throws IOException {
    assertThat(message.channel()).isEqualTo("#payments-costs");
    assertThat(message.title()).isEqualTo("A daily budget is exceeded.");
    assertThat(message.color()).isEqualTo("warning");
    assertThat(message.text())
        .contains(
            String.format(
                Locale.ROOT,
                "Namespace checkout in cluster eu-1 cost USD %.2f in the last 24 full hours, 200%%"
                    + " of its daily budget of USD %.2f;",
                cost,
                cost / 2));
    Map<String, URI> links =
        LINK.matcher(message.text())
            .results()
            .collect(
                Collectors.toMap(
                    (MatchResult link) -> link.group(2),
                    link -> URI.create(link.group(1).replace("&amp;", "&"))));
    assertThat(links).containsOnlyKeys("Dashboard", "What to do");
    assertThat(links.get("Dashboard"))
        .hasToString(
            "https://grafana.example/d/namespend-budgets?from=now-2d&to=now&var-cluster=eu-1"
                + "&var-scope=namespace&var-name=checkout");
    assertThat(message.titleLink()).isEqualTo(links.get("Dashboard").toString());
    assertThat(links.get("What to do"))
        .hasHost("docs.example")
        .hasFragment("namespenddailybudgetexceeded");
    assertThat(Files.readString(Path.of("../docs/runbooks.md")))
        .contains("\n## NamespendDailyBudgetExceeded\n");
  }

  /** Dollars of the last 24 hours by namespace; their hours go into Prometheus' storage. */
  private Map<String, Double> writeDayBefore(long now) {
    long end = now / HOUR * HOUR;
    SimulatedCluster cluster = ClusterPlan.simulate(end - 15 * 24 * HOUR, now, 1, 42);
    Path samples = folder.resolve("hours.txt");
    try (OpenMetricsFile file = new OpenMetricsFile(samples)) {
      for (long hour = end - 23 * HOUR; hour <= end; hour += HOUR) {
        long written = hour - 30;
        String month =
            String.valueOf(
                Instant.ofEpochSecond(written).atZone(java.time.ZoneOffset.UTC).getMonthValue());
        TrueCosts.between(cluster, hour - HOUR, hour)
            .byNamespace()
            .forEach(
                (namespace, cost) ->
                    file.sample(
                        "namespace:cost:sum1h{cluster=\"eu-1\",namespace=\"%s\",month=\"%s\"}"
                            .formatted(namespace, month),
                        cost,
                        written));
      }
    }
    new Promtool(tools(), folder.resolve("promtool.log"))
        .createBlocks(List.of(samples), folder.resolve("data"));
    return TrueCosts.between(cluster, end - 24 * HOUR, end).byNamespace();
  }

  private static String page(double budget) {
    return """
    namespend_build_info{version="test"} 1
    namespend_currency_info{currency="USD"} 1
    namespend_namespace_info{namespace="checkout",team="payments",environment="production"} 1
    namespend_budget{scope="namespace",name="checkout",period="day"} %s
    """
        .formatted(budget);
  }

  private String prometheusConfig(ScrapedPage page, Alertmanager alertmanager) throws IOException {
    List<String> rules = new ArrayList<>();
    for (Path file : new RuleManifests(Path.of("../alert-rules")).writeRuleFiles(folder)) {
      String name = file.getFileName().toString();
      if (name.matches("45-.*|50-.*|70-.*")) {
        Files.writeString(
            file,
            Files.readString(file)
                .replaceAll("interval: \"?1m\"?", "interval: 1s")
                .replaceAll("for: \"?\\d+[mh]\"?", "for: 1s")
                // True until the first scrape, which may come later than a second after the start.
                .replaceFirst("(?s)(?<down>alert: \"?NamespendExporterDown.*?for: )1s", "${down}5m")
                .replaceAll("grafana: \"\"", "grafana: https://grafana.example")
                .replaceAll("(?<=runbooks: )\"?docs/", "\"https://docs.example/"));
        rules.add("  - " + file);
      }
    }
    assertThat(rules).hasSize(3);
    return """
    global: {scrape_interval: 1s, evaluation_interval: 1s}
    rule_files:
    %s
    alerting: {alertmanagers: [{static_configs: [{targets: ["%s"]}]}]}
    scrape_configs:
      - job_name: namespend
        honor_labels: true
        static_configs: [{targets: ["%s"], labels: {cluster: eu-1}}]
    """
        .formatted(String.join("\n", rules), alertmanager.address().getAuthority(), page.target());
  }

  private Path alertmanagerConfig(URI slack) throws IOException {
    Path example = Path.of("../manifests/components/alertmanager");
    Files.copy(example.resolve("namespend.tmpl"), folder.resolve("namespend.tmpl"));
    Path token = Files.writeString(folder.resolve("slack-token"), "token-of-the-test");
    return Files.writeString(
        folder.resolve("alertmanager.yaml"),
        Files.readString(example.resolve("alertmanager.yaml"))
            .replace("https://slack.com/api/chat.postMessage", slack.toString())
            .replace("/etc/alertmanager/secrets/slack-token", token.toString())
            .replaceAll("(group_wait|group_interval): \\d+m", "$1: 1s"));
  }

  private static boolean exists(PrometheusClient client, String promql) {
    return !client.query(promql, Clock.systemUTC().instant()).isEmpty();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      Thread.sleep(100);
    }
  }

  private static Tools tools() {
    return Tools.find().orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH"));
  }
}
