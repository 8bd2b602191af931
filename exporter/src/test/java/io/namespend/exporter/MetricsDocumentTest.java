package io.namespend.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterSource;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.cluster.store.Limit;
import io.namespend.exporter.cluster.store.LimitedObjects;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.SyncFailure;
import io.namespend.exporter.exposition.ClusterMetrics;
import io.namespend.exporter.exposition.ConfigMetrics;
import io.namespend.exporter.exposition.ExchangeRateMetrics;
import io.namespend.exporter.exposition.HealthMetrics;
import io.namespend.exporter.exposition.LoopMetrics;
import io.namespend.exporter.exposition.MetricsPublisher;
import io.namespend.exporter.exposition.SyncMetrics;
import io.namespend.exporter.health.Loops;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.policy.file.ReloadStatus;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.file.BillPrices;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.exporter.price.refresh.RefreshStatus;
import io.namespend.exporter.web.ExporterStatus;
import io.namespend.exporter.web.WebServer;
import io.namespend.exporter.web.config.WebConfigFile;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/metrics.md to the families of the code, and rules and dashboards to the page. */
class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/metrics.md");

  /** A row: metric, type, labels, unit, stability, meaning, source. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*?) \\| ([^|]+) \\| (\\w+) \\| ([^|]+) \\| ([^|]+)"
              + " \\|$");

  /** What a query reads of the exporter, cAdvisor and kube-state-metrics, and of the rules. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\\w:\"-])((?:namespend|node|pv|kubecost|shared_service|external_service|container"
              + "|kube)_\\w+|[a-z]\\w*(?::\\w+){1,2})(?![\\w:]|\\s*(?:=~|!|=[^=]))");

  @TempDir private Path folder;

  /** What the page says of a metric, beside its unit and source. */
  private record Row(String type, String labels, String stability, String meaning) {
    String text(String name) {
      return "| `%s` | %s | %s | UNIT | %s | %s | SOURCE |"
          .formatted(name, type, labels, stability, meaning);
    }
  }

  @Test
  void thePageHasEachMetricAsItIs() throws IOException, InterruptedException {
    Map<String, Row> documented = documented();

    String missing =
        published().entrySet().stream()
            .filter(metric -> !metric.getValue().equals(documented.get(metric.getKey())))
            .map(metric -> metric.getValue().text(metric.getKey()))
            .collect(Collectors.joining("\n"));

    assertThat(missing)
        .as("write these rows into docs/metrics.md, with their unit and source")
        .isEmpty();
  }

  @Test
  void thePageHasNoOtherMetric() throws IOException, InterruptedException {
    Set<String> others = new TreeSet<>(documented().keySet());
    others.removeAll(published().keySet());

    assertThat(others)
        .as("remove these rows of docs/metrics.md, or give CLUSTER what makes their series")
        .isEmpty();
  }

  @Test
  void everyRowOfThePageIsWhole() throws IOException {
    List<String> broken =
        Files.readString(DOCUMENT)
            .lines()
            .filter(line -> line.startsWith("| `") && !ROW.matcher(line).matches())
            .toList();

    assertThat(broken).isEmpty();
    assertThat(documented()).hasSizeGreaterThan(20);
  }

  @Test
  void rulesAndDashboardsReadOnlyWhatThePageOrARuleHas() throws IOException {
    Set<String> known = new TreeSet<>(recorded());
    Pattern.compile("`([\\w:]+)`")
        .matcher(Files.readString(DOCUMENT))
        .results()
        .forEach(name -> known.add(name.group(1)));

    Set<String> unknown = new TreeSet<>();
    int read = 0;
    for (String expression : expressions()) {
      for (MatchResult name : NAME.matcher(expression).results().toList()) {
        read++;
        if (!known.contains(name.group(1))) {
          unknown.add(name.group(1));
        }
      }
    }
    assertThat(unknown)
        .as("correct these names, or write them under \"Series of others\" in docs/metrics.md")
        .isEmpty();
    assertThat(read).isGreaterThan(100);
  }

  private Map<String, Row> published() throws IOException, InterruptedException {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(collector(metrics(policy()).of(CLUSTER, Instant.EPOCH)));
    registry.register(
        new HealthMetrics(
            Instant.EPOCH,
            () -> List.of(new RefreshStatus("aws", Optional.empty(), 1, true)),
            "1.2.3"));
    OneNode cluster = new OneNode();
    registry.register(
        new SyncMetrics(
            cluster, new MetricsPublisher(cluster, metrics(policy()), Clock.systemUTC())));
    Loops loops = new Loops();
    loops.add("publish", Duration.ofMinutes(5));
    registry.register(new LoopMetrics(loops::states));
    registry.register(new ConfigMetrics(() -> new ReloadStatus(Instant.EPOCH, false, 1)));
    RatesInForce rates =
        new RatesInForce("EUR", Map.of("USD", new ExchangeRate("USD", 0.92, Instant.EPOCH)));
    registry.register(new ExchangeRateMetrics(() -> rates));
    Path config = Files.writeString(folder.resolve("web.yml"), "{}");
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (WebServer server =
        WebServer.start(
            loopback,
            Optional.of(WebConfigFile.open(config)),
            registry,
            () -> new ExporterStatus("1.2.3", Instant.EPOCH, Optional.empty(), List.of()))) {
      assertThat(server.address()).isNotNull();
      Map<String, Row> rows = new TreeMap<>();
      registry.scrape().forEach(family -> rows.put(name(family), row(family)));
      return rows;
    }
  }

  private static String name(MetricSnapshot family) {
    String name = family.getMetadata().getPrometheusName();
    return family instanceof CounterSnapshot
        ? name + "_total"
        : family instanceof InfoSnapshot ? name + "_info" : name;
  }

  private static Row row(MetricSnapshot family) {
    String help = String.valueOf(family.getMetadata().getHelp());
    assertThat(family.getDataPoints())
        .as("%s has no series here: give CLUSTER what makes one", name(family))
        .isNotEmpty();
    assertThat(help).as(name(family)).matches("\\[(STABLE|EXPERIMENTAL)] [^|]+");
    int end = help.indexOf("] ");
    String labels =
        family.getDataPoints().stream()
            .flatMap(point -> point.getLabels().stream())
            .map(Label::getName)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return new Row(
        family instanceof CounterSnapshot
            ? "counter"
            : family instanceof InfoSnapshot ? "info" : "gauge",
        labels,
        help.substring(1, end).toLowerCase(Locale.ROOT),
        help.substring(end + 2));
  }

  private static Map<String, Row> documented() throws IOException {
    return ROW.matcher(Files.readString(DOCUMENT))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row -> new Row(row.group(2), row.group(3).strip(), row.group(5), row.group(6))));
  }

  private static Set<String> recorded() throws IOException {
    return Pattern.compile("\\brecord: \"?([\\w:]+)")
        .matcher(rules())
        .results()
        .map(rule -> rule.group(1))
        .collect(Collectors.toSet());
  }

  private static String rules() throws IOException {
    return texts(Path.of("../alert-rules"), ".yaml").collect(Collectors.joining("\n"));
  }

  /** Of rules, from their expr to the next key; of dashboards, the string behind expr or query. */
  private static List<String> expressions() throws IOException {
    Stream<String> ofRules =
        Pattern.compile("(?ms)^( *)(?:- )?expr: (.*?)(?=^ *(?:- \\w+|labels|for|annotations):|\\z)")
            .matcher(rules().replaceAll("(?m)^ *#.*$", ""))
            .results()
            .map(rule -> rule.group(2));
    Stream<String> ofDashboards =
        texts(Path.of("../dashboards"), ".json")
            .flatMap(
                text ->
                    Pattern.compile("\"(?:expr|query|definition)\": \"((?:[^\"\\\\]++|\\\\.)*+)\"")
                        .matcher(text)
                        .results()
                        .map(query -> query.group(1).replace("\\\"", "\"").replace("\\n", "\n")));
    return Stream.concat(ofRules, ofDashboards).toList();
  }

  private static Stream<String> texts(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList()
          .stream();
    }
  }

  private ClusterMetrics metrics(Policy policy) throws IOException, InterruptedException {
    BuiltinPrices builtin = new BuiltinPrices();
    NodeCapacity capacity = new NodeCapacity(builtin::resources);
    Path file = Files.writeString(folder.resolve("bill.csv"), "resource_id,hourly\ni-9,1\n");
    BillPrices bill = new BillPrices(file, "USD");
    bill.refresh(Instant.EPOCH);
    PriceChain chain = new PriceChain(List.of(bill, builtin), List.of(), capacity);
    return new ClusterMetrics(
        new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST)),
        () -> policy,
        true);
  }

  /** One of everything that has series. */
  private Policy policy() throws IOException {
    String yaml =
        """
        pools: [{name: idle, split: even, floor: 0.1, per: nodeGroup}]
        sharedServices:
          - {name: rds, category: database, hourlyCost: 2}
        externalServices:
          - {name: queue, category: messaging, hourlyCost: 1, namespace: shop}
        budgets: [{namespace: shop, daily: 5}]
        bills: [{month: 1969-12, amount: 5}]
        customers:
          labels: [customer]
          directory: customers.csv
          services: [{name: web, namespaces: [shop], pools: [rds], externalServices: [queue], variable: 0.5, base: even}]
        units: [{name: order, services: [web], minimum: 10}]
        """;
    Files.writeString(folder.resolve("customers.csv"), "id,tier,revenue_monthly\nacme,pro,7300\n");
    Path file = Files.writeString(folder.resolve("policy.yaml"), yaml);
    return PolicyFile.read(file, Instant.EPOCH).policy();
  }

  private static MultiCollector collector(MetricSnapshots snapshots) {
    return () -> snapshots;
  }

  /** One of everything, so that every family has a series. */
  private static final ClusterSnapshot CLUSTER =
      new ClusterSnapshot(
          List.of(
              Node.named("n1")
                  .instanceType("unknown.xlarge")
                  .region("us-east-1")
                  .zone("us-east-1a")
                  .arch("amd64")
                  .providerId("aws:///us-east-1a/i-1")
                  .capacity(Resources.ofGib(4, 16, 1))
                  .allocatable(Resources.ofGib(4, 15, 1))
                  .distribution(Distribution.EKS)
                  .build()),
          List.of(
              new Namespace(
                  "shop",
                  Map.of("team", "shop", "customer", "acme"),
                  Map.of(
                      "namespend.io/tema",
                      "x",
                      "namespend.io/model",
                      "usage",
                      "namespend.io/planned-change",
                      "1970-01-01/1970-01-02",
                      "namespend.io/slack-channel",
                      "#shop"))),
          List.of(
              new Pod(
                  "shop",
                  "web-1",
                  "n1",
                  new Workload("shop", "deployment", "web"),
                  Resources.ofGib(1, 2, 1),
                  0)),
          List.of(
              volume("pv-a", Optional.of(new Volume.Claim("shop", "data"))),
              volume("pv-b", Optional.empty()),
              new Volume(
                  "pv-c", "srv:/x", "kubernetes.io/nfs", "", 1, "", Map.of(), Optional.empty())),
          List.of(new LoadBalancer("shop", "web", "x-1.elb.us-east-1.amazonaws.com", "")),
          Map.of(new Workload("shop", "deployment", "web"), Map.of("team", "web")));

  private static Volume volume(String name, Optional<Volume.Claim> claim) {
    return new Volume(name, "vol-" + name, "ebs.csi.aws.com", "gp3", 730, "", Map.of(), claim);
  }

  private static final class OneNode implements ClusterSource {
    @Override
    public void start() {}

    @Override
    public ClusterSnapshot snapshot() {
      return CLUSTER;
    }

    @Override
    public List<KindSync> syncs() {
      return List.of(
          new KindSync(
              "nodes",
              Optional.of(Instant.EPOCH),
              1,
              0,
              Map.of(SyncFailure.FORBIDDEN, 1L),
              Optional.empty()));
    }

    @Override
    public List<LimitedObjects> limited() {
      return List.of(new LimitedObjects("pods", "shop", Limit.TOO_MANY, 3));
    }

    @Override
    public void close() {}
  }
}
