package io.namespend.testbed.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.prometheus.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Monthly budgets of namespaces as the rules record them, and the alerts that fire. */
final class BudgetReport {
  /** A group is evaluated within a minute of the start; so are the groups that it reads. */
  private static final Duration PATIENCE = Duration.ofSeconds(130);

  private final URI address;
  private final PrometheusClient prometheus;
  private final Clock clock;

  BudgetReport(URI address, Clock clock) {
    this.address = address;
    this.prometheus =
        PrometheusClient.of(
            PrometheusUrl.parse(address.toString()), Duration.ofSeconds(30), warning -> {});
    this.clock = clock;
  }

  /** Waits for the first alerts, if there are budgets. */
  String print() throws IOException, InterruptedException {
    if (prometheus.query("last_over_time(namespend_budget[1h])", clock.instant()).isEmpty()) {
      return "Budgets: none\n";
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<JsonNode> firing = firing();
    while (firing.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(1000);
      firing = firing();
    }
    Map<String, Double> budgets = byName("budget:amount:max{scope='namespace',period='month'}");
    Map<String, Double> spent = byName("budget:cost:sum{scope='namespace',window='month'}");
    Map<String, Double> forecast =
        byName("budget:cost:sum{scope='namespace',window='month_forecast'}");
    StringBuilder text = new StringBuilder();
    line(text, "BUDGET OF", "MONTH", "SPENT", "USED", "FORECAST");
    budgets.forEach(
        (name, budget) -> {
          double used = spent.getOrDefault(name, 0.0);
          line(
              text,
              name,
              money(budget),
              money(used),
              String.format(Locale.ROOT, "%.0f%%", 100 * used / budget),
              money(forecast.getOrDefault(name, 0.0)));
        });
    text.append(String.format("%nAlerts that fire on budgets: %d%n", firing.size()));
    for (JsonNode alert : firing) {
      text.append(
          String.format(
              "  %s%n    %s%n",
              alert.path("labels").path("alertname").asText(),
              alert.path("annotations").path("description").asText()));
    }
    return text.toString();
  }

  private List<JsonNode> firing() throws IOException, InterruptedException {
    String body =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address.resolve("/api/v1/alerts")).build(),
                BodyHandlers.ofString())
            .body();
    return new ObjectMapper()
        .readTree(body).path("data").path("alerts").findParents("state").stream()
            .filter(alert -> alert.path("state").asText().equals("firing"))
            .filter(alert -> alert.path("labels").path("topic").asText().equals("budget"))
            .toList();
  }

  private Map<String, Double> byName(String promql) {
    return prometheus.query(promql, clock.instant()).stream()
        .collect(
            Collectors.toMap(
                sample -> sample.label("name"), Sample::value, Double::sum, TreeMap::new));
  }

  private static void line(StringBuilder text, String... cells) {
    text.append(String.format("%-12s %10s %10s %6s %10s%n", (Object[]) cells));
  }

  private static String money(double amount) {
    return String.format(Locale.ROOT, "$%,.2f", amount);
  }
}
