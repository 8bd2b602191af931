package io.namespend.testbed.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.namespend.reporter.digest.Week;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.dashboards.Dashboard;
import io.namespend.testbed.dashboards.Filling;
import io.namespend.testbed.dashboards.Question;
import io.namespend.testbed.dashboards.Target;
import io.namespend.testbed.dashboards.TimeRange;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.Rule;
import io.namespend.testbed.rules.RuleManifests;
import io.namespend.testbed.simulation.SimNode;
import io.namespend.testbed.truth.TrueCosts;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The demo's stack, with its figures held against the truth that the simulation knows. */
@Tag("whole-path")
@Tag("prometheus")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholePathTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** When scrapes and rules began. */
  private Instant live;

  private StackSettings settings;
  private RunningStack stack;
  private PrometheusClient prometheus;
  private TrueCosts truth;

  @BeforeAll
  void startStack() {
    settings =
        new StackSettings(
            Tools.find()
                .orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH")),
            Path.of("target/whole-path").toAbsolutePath(),
            PROJECT,
            Clock.systemUTC().instant(),
            Duration.ofDays(15),
            1,
            42);
    stack = RunningStack.start(settings, Clock.systemUTC(), step -> {});
    live = Clock.systemUTC().instant();
    prometheus =
        PrometheusClient.of(
            PrometheusUrl.parse(stack.prometheus().toString()),
            Duration.ofSeconds(30),
            warning -> {});
    long end = settings.end().getEpochSecond();
    truth = TrueCosts.between(stack.cluster(), end - Duration.ofDays(7).toSeconds(), end);
  }

  @AfterAll
  void stopStack() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void namespacesOfTheWeekCostWhatTheyTrulyCost() {
    Map<String, Double> costs =
        query("sum by (namespace) (sum_over_time(namespace:cost:sum1h[7d]))").stream()
            .collect(Collectors.toMap(sample -> sample.label("namespace"), Sample::value));

    assertThat(costs.keySet()).isEqualTo(truth.byNamespace().keySet());
    truth
        .byNamespace()
        .forEach(
            (namespace, real) ->
                assertThat(costs)
                    .hasEntrySatisfying(
                        namespace, cost -> assertThat(cost).isCloseTo(real, within(0.01 * real))));
  }

  @Test
  void theSumOfTheWeekIsWhatTheNodesCost() {
    double sum = query("sum(sum_over_time(namespace:cost:sum1h[7d]))").get(0).value();

    assertThat(sum).isCloseTo(truth.total(), within(0.001 * truth.total()));
  }

  @Test
  void everyDollarLandsSomewhereAtEveryEvaluation() {
    double worst =
        query("max(max_over_time(namespend:conservation_error:ratio[15d]))").get(0).value();

    assertThat(worst).isLessThan(1e-9);
  }

  @Test
  void noCostIsNegative() {
    new RuleManifests(settings.rules())
        .recordingRules().stream()
            .map(Rule::name)
            .filter(name -> name.contains(":cost") && !name.matches(".*:(change|growth)1w"))
            .distinct()
            .forEach(
                name ->
                    assertThat(query("min_over_time(%s[15d]) < -1e-12".formatted(name)))
                        .as(name)
                        .isEmpty());
  }

  @Test
  void theRunningClusterIsCalculatedToo() throws InterruptedException {
    List<Sample> cost = awaitLiveCost();

    double nodes =
        stack.cluster().nodesAt(Clock.systemUTC().instant().getEpochSecond()).stream()
            .mapToDouble(SimNode::hourlyPrice)
            .sum();
    assertThat(cost).hasSize(1);
    assertThat(cost.get(0).value()).isCloseTo(nodes, within(1e-6));
    assertThat(prometheus.query("up == 0", Clock.systemUTC().instant())).isEmpty();
  }

  @Test
  void theDigestOfTheRealJarTellsTheRecordedTotal() throws IOException, InterruptedException {
    Path html = settings.folder().resolve("digest.html");
    String digest =
        reporter("weekly", "--dry-run", "--output=" + html, "--until=" + settings.end());

    String total =
        String.format(
            Locale.ROOT,
            "$%,.2f",
            query("sum(sum_over_time(cluster:cost:sum1h[7d]))").get(0).value());
    assertThat(digest).containsPattern("Total +" + Pattern.quote(total));
    assertThat(Files.readString(html)).contains(total);
    truth.byNamespace().keySet().forEach(namespace -> assertThat(digest).contains(namespace));
  }

  @Test
  void theStatementOfTheRealJarIsTheDigestToTheCent() throws IOException, InterruptedException {
    Instant monday = monday();
    String total =
        BigDecimal.valueOf(
                prometheus
                    .query("sum(sum_over_time(cluster:cost:sum1h[7d]))", monday)
                    .get(0)
                    .value())
            .setScale(2, RoundingMode.HALF_UP)
            .toPlainString();

    String text = reporter("statement", "--week=" + week(), "--format=json");
    JsonNode statement = JSON.readTree(text);

    assertThat(statement.at("/statement/status").asText()).isEqualTo("final");
    assertThat(statement.at("/statement/coverage/").asDouble()).isBetween(0.999, 1.0);
    assertThat(amount(statement.at("/statement/total"))).isEqualTo(total);
    assertThat(sum(statement.path("lines"))).isEqualTo(total);
    assertThat(reporter("weekly", "--dry-run", "--until=" + monday))
        .containsPattern("Total +" + Pattern.quote("$" + total));
    assertThat(reporter("statement", "--week=" + week(), "--format=json")).isEqualTo(text);
  }

  @Test
  void explainOfTheRealJarAddsUpToTheStatement() throws IOException, InterruptedException {
    List<JsonNode> lines = with("namespace", "checkout", statementLines());

    JsonNode explanation = explanationOfCheckout();

    assertThat(amount(explanation.path("amount"))).isEqualTo(sum(lines));
    assertThat(sum(explanation.path("workloads"))).isEqualTo(sum(explanation.path("nodes")));
    assertThat(
            new BigDecimal(sum(explanation.path("nodes")))
                .add(new BigDecimal(sum(explanation.path("pools")))))
        .isEqualTo(sum(lines));
    assertThat(explanation.path("compute_scale").asDouble()).isCloseTo(1, within(0.02));
    for (JsonNode node : explanation.path("nodes")) {
      assertThat(node.path("node_hours").asDouble() * node.path("hourly_price").asDouble())
          .isCloseTo(node.path("amount").asDouble(), within(0.01));
      assertThat(node.path("price_source").asText()).isNotEmpty();
    }
    JsonNode line = lines.get(0);
    JsonNode ofLine =
        JSON.readTree(
            reporter("explain", "--audit-key=" + line.path("audit_key").asText(), "--format=json"));
    assertThat(ofLine.path("amount")).isEqualTo(line.path("amount"));
  }

  @Test
  void digestStatementExplanationAndDashboardsTellTheSameDollars()
      throws IOException, InterruptedException {
    double whole = dollarsOf("cluster:cost:sum1h");
    double checkout = dollarsOf("namespace:cost:sum1h{namespace=\"checkout\"}");
    double payments = dollarsOf("team:cost:sum1h{team=\"payments\"}");

    List<JsonNode> lines = statementLines();
    assertThat(unrounded(lines)).isCloseTo(whole, within(1e-8 * whole));
    List<JsonNode> ofCheckout = with("namespace", "checkout", lines);
    assertThat(unrounded(ofCheckout)).isCloseTo(checkout, within(1e-8 * checkout));
    assertThat(unrounded(with("team", "payments", lines)))
        .isCloseTo(payments, within(1e-8 * payments));

    JsonNode explanation = explanationOfCheckout();
    assertThat(amount(explanation.path("amount"))).isEqualTo(sum(ofCheckout));
    assertThat(unrounded(explanation.path("lines"))).isCloseTo(checkout, within(1e-8 * checkout));

    Path config =
        Files.writeString(
            settings.folder().resolve("reporter.yaml"),
            """
            email: {host: localhost, from: a@example.com}
            company: {recipients: [b@example.com]}
            teams: {payments: {recipients: [c@example.com]}}
            """);
    String[] digests =
        reporter("weekly", "--dry-run", "--config=" + config, "--until=" + monday())
            .split("To c@example.com", 2);
    assertThat(digests[0]).containsPattern("Total +" + Pattern.quote(dollars(whole)));
    assertThat(digests[0]).containsPattern("payments .*" + Pattern.quote(dollars(payments)));
    assertThat(digests[0]).containsPattern("checkout .*" + Pattern.quote(dollars(checkout)));
    assertThat(digests[1]).containsPattern("Total +" + Pattern.quote(dollars(payments)));

    Map<String, Double> shown =
        EqualFigures.figures(
            Dashboard.in(PROJECT.resolve("dashboards")),
            new PrometheusApi(stack.prometheus()),
            TimeRange.until(monday(), "now-7d"));
    assertThat(shown.get("cost of everything in the time range"))
        .isCloseTo(whole, within(1e-9 * whole));
    assertThat(shown.get("cost of a namespace")).isCloseTo(checkout, within(1e-9 * checkout));
    assertThat(shown.get("cost of a team")).isCloseTo(payments, within(1e-9 * payments));
  }

  @Test
  void theDigestsSavingIsTheDashboardsFirst() throws IOException, InterruptedException {
    PrometheusApi api = new PrometheusApi(stack.prometheus());
    TimeRange range = TimeRange.until(monday(), "now-7d");
    Dashboard waste =
        Dashboard.in(PROJECT.resolve("dashboards")).stream()
            .filter(dashboard -> dashboard.uid().equals("namespend-waste"))
            .findFirst()
            .orElseThrow();
    Filling filling = new Filling(waste, api, range, Filling.Choice.ALL, Map.of());
    Target savings =
        waste.targets().stream()
            .filter(target -> target.place().contains("Right-sizing candidates, a month (A)"))
            .findFirst()
            .orElseThrow();
    JsonNode candidates =
        api.query(filling.questions(savings).get(0).promql(), range.to().minusMillis(1));
    JsonNode first = candidates.path(0);
    for (JsonNode candidate : candidates) {
      if (candidate.at("/value/1").asDouble() > first.at("/value/1").asDouble()) {
        first = candidate;
      }
    }

    assertThat(reporter("weekly", "--dry-run", "--until=" + monday()))
        .containsPattern(
            "The saving that matters most\n\n%s %s in %s +\\Q%s\\E  a month"
                .formatted(
                    first.at("/metric/workload_type").asText(),
                    first.at("/metric/workload").asText(),
                    first.at("/metric/namespace").asText(),
                    dollars(first.at("/value/1").asDouble())));
  }

  @Test
  void everyQueryOfTheDashboardsHasAnAnswer() throws InterruptedException {
    awaitLiveCost();
    LiveDashboards live =
        new LiveDashboards(new PrometheusApi(stack.prometheus()), Clock.systemUTC().instant());

    live.ask(Dashboard.in(PROJECT.resolve("dashboards")));

    assertThat(live.problems(MayBeEmpty.ALL)).isEmpty();
    assertThat(live.questions()).isGreaterThan(10);
  }

  @Test
  void grafanaTakesAllDashboardsAndAnswersTheirQueries() throws IOException, InterruptedException {
    GrafanaInDocker.assumeItCanStart();
    List<Dashboard> dashboards = Dashboard.in(PROJECT.resolve("dashboards"));
    awaitLiveCost();
    try (GrafanaInDocker grafana =
        GrafanaInDocker.start(PROJECT.resolve("dashboards"), dashboards, stack.prometheus())) {
      assertThat(grafana.dashboards())
          .containsExactlyInAnyOrderElementsOf(dashboards.stream().map(Dashboard::uid).toList());
      List<String> errors = new ArrayList<>();
      for (Dashboard dashboard : dashboards) {
        Filling filling =
            new Filling(
                dashboard,
                new PrometheusApi(stack.prometheus()),
                TimeRange.until(Clock.systemUTC().instant(), dashboard.timeFrom()),
                Filling.Choice.ALL,
                Map.of());
        for (Target target : dashboard.targets()) {
          for (Question question : filling.questions(target)) {
            errors.addAll(grafana.errors(question));
          }
        }
      }
      assertThat(errors).isEmpty();
    }
  }

  @Test
  void theSameFigureIsTheSameOnEveryDashboard() {
    // Not at the end of an hour: for a minute after it, what is recorded of the month lacks that
    // hour.
    Instant middle = settings.end().minus(Duration.ofMinutes(30));

    assertThat(
            EqualFigures.differences(
                Dashboard.in(PROJECT.resolve("dashboards")),
                new PrometheusApi(stack.prometheus()),
                TimeRange.until(middle, "now-7d")))
        .isEmpty();
  }

  /** The cost now, once scrapes and rules made it. */
  private List<Sample> awaitLiveCost() throws InterruptedException {
    // Samples are newer than the past that was filled in, and rates have what they look back on.
    String enough =
        """
        sum(namespace:cost_hourly:sum)
        and on () (min(timestamp(namespace:cost_hourly:sum)) > %1$d)
        and on () (max(timestamp(pod:cost_hourly:direct)) > %1$d)
        and on () (max(timestamp(namespace:efficiency:ratio)) > %1$d)\
        """
            .formatted(live.plusSeconds(75).getEpochSecond());
    List<Sample> cost = List.of();
    for (int tries = 0; tries < 300 && cost.isEmpty(); tries++) {
      Thread.sleep(1000);
      cost = prometheus.query(enough, Clock.systemUTC().instant());
    }
    return cost;
  }

  /** The end of the last whole week that has all its hours. */
  private Instant monday() {
    return Week.lastCompleteBy(settings.end().minus(Duration.ofHours(1))).end();
  }

  private String week() {
    LocalDate day = LocalDate.ofInstant(monday(), ZoneOffset.UTC).minusDays(1);
    return "%d-W%02d"
        .formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  private List<JsonNode> statementLines() throws IOException, InterruptedException {
    List<JsonNode> lines = new ArrayList<>();
    JSON.readTree(reporter("statement", "--week=" + week(), "--format=json"))
        .path("lines")
        .forEach(lines::add);
    return lines;
  }

  private static List<JsonNode> with(String field, String value, List<JsonNode> lines) {
    return lines.stream().filter(line -> line.path(field).asText().equals(value)).toList();
  }

  private JsonNode explanationOfCheckout() throws IOException, InterruptedException {
    return JSON.readTree(
        reporter(
            "explain",
            "--namespace=checkout",
            "--from=" + monday().minus(Duration.ofDays(7)),
            "--to=" + monday(),
            "--format=json"));
  }

  /** Dollars of the week that the statement and the digest are about. */
  private double dollarsOf(String series) {
    return prometheus
        .query("sum(sum_over_time(%s[7d]))".formatted(series), monday())
        .get(0)
        .value();
  }

  private static String dollars(double amount) {
    return String.format(
        Locale.ROOT, "$%,.2f", BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP));
  }

  /** What the lines add up to before their amounts were rounded. */
  private static double unrounded(Iterable<JsonNode> lines) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : lines) {
      sum =
          sum.add(
              new BigDecimal(line.path("quantity").asText())
                  .multiply(new BigDecimal(line.path("unit_price").asText())));
    }
    return sum.doubleValue();
  }

  private static String sum(Iterable<JsonNode> parts) {
    BigDecimal sum = BigDecimal.ZERO.setScale(2);
    for (JsonNode part : parts) {
      sum = sum.add(new BigDecimal(part.path("amount").asText()));
    }
    return sum.toPlainString();
  }

  private static String amount(JsonNode amount) {
    return new BigDecimal(amount.asText()).setScale(2).toPlainString();
  }

  /** Runs the jar that was built; returns what it prints. */
  private String reporter(String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PROJECT.resolve("reporter/target/reporter.jar").toString()));
    command.addAll(List.of(args));
    command.add("--prometheus=" + stack.prometheus());
    Path errors = settings.folder().resolve("reporter.log");
    Process reporter = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(reporter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(reporter.waitFor()).as(Files.readString(errors)).isZero();
    return output;
  }

  private List<Sample> query(String promql) {
    return prometheus.query(promql, settings.end());
  }
}
