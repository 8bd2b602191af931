package io.namespend.reporter.explain;

import static io.namespend.reporter.statement.Statements.OCTOBER;
import static io.namespend.reporter.statement.Statements.SHOP;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.namespend.reporter.prometheus.FakePrometheus;
import io.namespend.reporter.statement.AuditKey;
import io.namespend.reporter.statement.CannotStateException;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.Statements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ExplanationReaderTest {
  /** Detail of 36 of the 40 dollars of CPU: the rest was between its samples. */
  private static final String DETAIL =
      SHOP
          + """
          (workload:cost_hourly:direct {resource="cpu",workload_type="deployment",workload="web"} 360
          (workload:cost_hourly:direct {resource="cpu",workload_type="cronjob",workload="tidy"}   180
          (pod:cost_hourly:direct {node="n1",workload_type="deployment",workload="web"} 360
          (pod:cost_hourly:direct {node="n2",workload_type="cronjob",workload="tidy"}   180
          node_total_hourly_cost  {node="n1"}                                           0.2
          node_info     {node="n1",instance_type="m5.large",price_source="aws"}         1
          node_info     {node="n1",instance_type="m5.large",price_source="bill"}        1
          ·and·on·(persistentvolume)  {persistentvolumeclaim="data",storage_class="gp3"} 300
          /·on·(persistentvolume)     {persistentvolumeclaim="data",storage_class="gp3"} 6000
          unless·on·(persistentvolume) {persistentvolumeclaim="nfs",storage_class=""}    300
          split_key:sum {pool="idle"}                                                   44640
          floor_cost    {pool="idle"}                                                   120
          """;

  @Test
  void theSourceOfAPriceIsNotCut() {
    try (FakePrometheus prometheus =
        FakePrometheus.recording(
            Statements.at(OCTOBER, DETAIL.replace("\"bill\"", "\"builtin-estimate\"")))) {
      assertThat(
              TextExplanation.render(
                  new ExplanationReader(prometheus.client(), true)
                      .namespace(OCTOBER, "shop", Optional.empty())))
          .contains("  aws+builtin-estimate\n");
    }
  }

  @Test
  void everyLevelAddsUpToTheLines() {
    Explanation explanation = shop();

    assertThat(explanation.amount()).isEqualTo("65.01");
    assertThat(explanation.lines()).hasSize(6);
    assertThat(sum(explanation.workloads(), WorkloadCost::amount)).isEqualTo("40.00");
    assertThat(sum(explanation.nodes(), NodeCost::amount)).isEqualTo("40.00");
    assertThat(sum(explanation.assets(), AssetCost::amount)).isEqualTo("10.01");
    assertThat(sum(explanation.pools(), PoolShare::amount)).isEqualTo("15.00");
    assertThat(explanation.computeScale()).isEqualTo("1.111111");
    assertThat(explanation.assetScale()).isEqualTo("1.000500");
  }

  @Test
  void nodeHoursTimesPriceAreTheAmount() {
    NodeCost known = shop().nodes().get(0);
    NodeCost unknown = shop().nodes().get(1);

    assertThat(known.node()).isEqualTo("n1");
    assertThat(known.nodeHours().multiply(known.hourlyPrice()))
        .isCloseTo(new BigDecimal("26.67"), within(new BigDecimal("0.01")));
    assertThat(known.amount()).isEqualTo("26.67");
    assertThat(known.priceSource()).isEqualTo("aws+bill");
    assertThat(unknown.hourlyPrice()).isEqualByComparingTo("0");
    assertThat(unknown.amount()).isEqualTo("13.33");
  }

  @Test
  void claimsHaveTheirSizeAndPrice() {
    AssetCost data = shop().assets().get(0);

    assertThat(data.name()).isEqualTo("data");
    assertThat(data.detail()).isEqualTo("gp3");
    assertThat(data.quantity()).isEqualByComparingTo("100.05");
    assertThat(data.unit()).isEqualTo("GiB-Hours");
    assertThat(data.unitPrice()).isEqualByComparingTo("0.05");
    assertThat(shop().assets().get(1).unit()).isEqualTo("Hours");
  }

  @Test
  void loadBalancersTrafficAndExternalServicesHaveTheirPrices() {
    Explanation explanation =
        explain(
            """
            (cluster:cost:sum1h {} 30
            (cluster:coverage:ratio1h {} 744
            sum_over_time(ledger_line:cost:sum1h {namespace="web",resource="load_balancer"} 10
            sum_over_time(ledger_line:cost:sum1h {namespace="web",resource="network"} 15
            sum_over_time(ledger_line:cost:sum1h {namespace="web",resource="external"} 5
            currency_info {currency="USD"} 1
            sum_over_time((max·by·(service_name {service_name="edge",ingress_ip="10.0.0.1"} 600
            (((max·by·(service_name {service_name="edge",ingress_ip="10.0.0.1"} 24000
            network_cost_hourly {kind="internet"} 900
            network_egress_bytes {kind="internet"} 9000
            sum_over_time((sum·by·(service,·category) {service="atlas",category="database"} 300
            (((sum·by·(service,·category) {service="atlas",category="database"} 60000
            """,
            "web");

    assertThat(explanation.assets())
        .extracting(
            asset ->
                "%s %s %s: %s %s x %s = %s"
                    .formatted(
                        asset.resource(),
                        asset.name(),
                        asset.detail(),
                        asset.quantity().stripTrailingZeros().toPlainString(),
                        asset.unit(),
                        asset.unitPrice().stripTrailingZeros().toPlainString(),
                        asset.amount()))
        .containsExactly(
            "external atlas database: 1000 Hours x 0.005 = 5.00",
            "load_balancer edge 10.0.0.1: 400 Hours x 0.025 = 10.00",
            "network internet : 150 GiB x 0.1 = 15.00");
    assertThat(explanation.assetScale()).isEqualByComparingTo("1");
  }

  @Test
  void poolsHaveTheirKeysAndFloors() {
    assertThat(shop().pools())
        .singleElement()
        .satisfies(
            pool -> {
              assertThat(pool.poolCost()).isEqualByComparingTo("20");
              assertThat(pool.share()).isEqualByComparingTo("0.75");
              assertThat(pool.key()).isEqualByComparingTo("1");
              assertThat(pool.floor()).isEqualByComparingTo("2");
              assertThat(pool.method()).isEqualTo("pool-driver+proportional");
            });
  }

  @Test
  void aLineIsExplainedByItsAuditKey() {
    for (Line line : Statements.october(DETAIL).lines()) {
      try (FakePrometheus prometheus = FakePrometheus.recording(Statements.at(OCTOBER, DETAIL))) {
        Explanation explanation =
            new ExplanationReader(prometheus.client())
                .line(OCTOBER, AuditKey.parse(line.auditKey()));

        assertThat(explanation.lines()).containsExactly(line);
        assertThat(
                sum(explanation.workloads(), WorkloadCost::amount)
                    .add(sum(explanation.assets(), AssetCost::amount))
                    .add(sum(explanation.pools(), PoolShare::amount)))
            .isEqualByComparingTo(line.amount());
        assertThat(TextExplanation.render(explanation)).contains(line.amount().toPlainString());
      }
    }
  }

  /** CPU of 30 and a GPU of 60, of two owners; node n1 has the GPU. */
  private static final String GPUS =
      """
      (cluster:cost:sum1h {} 100
      (cluster:coverage:ratio1h {} 744
      sum_over_time(ledger_line:cost:sum1h {namespace="ml",resource="cpu"} 20
      sum_over_time(ledger_line:cost:sum1h {namespace="ml",resource="memory"} 10
      sum_over_time(ledger_line:cost:sum1h {namespace="ml",resource="gpu"} 60
      sum_over_time(ledger_line:cost:sum1h {namespace="ml",pool="idle"} 10
      namespace_owner:cost:sum1h {namespace="ml",team="web",cost_center="cc-1"} 75
      namespace_owner:cost:sum1h {namespace="ml",team="pay",cost_center="cc-2"} 25
      (pool:cost:sum1h {pool="idle"} 40
      currency_info {currency="USD"} 1
      (pod:cost_hourly:direct {node="n1",workload_type="job",workload="train"} 1050
      (pod:cost_hourly:direct {node="n2",workload_type="deployment",workload="web"} 300
      pod_gpu_request {node="n1",workload_type="job",workload="train"} 900
      split_key:sum{cluster="",·namespace="ml"} {pool="idle"} 44640
      split_key:sum{cluster=""} {pool="idle"} 223200
      floor_cost_hourly:max{cluster="",·namespace="ml"} {pool="idle"} 120
      floor_cost_hourly:max{cluster=""} {pool="idle"} 480
      (pool_group:cost:sum1h {pool="idle",node_group="gpu",resource="gpu"} 30
      (pool_group:cost:sum1h {pool="idle",node_group="gpu",resource="cpu"} 6
      (pool_group:cost:sum1h {pool="idle",node_group="web",resource="cpu"} 2
      """;

  @Test
  void nodesAddUpToTheLineOfAnAuditKey() {
    for (Line line : Statements.october(GPUS).lines()) {
      if (line.key().namespace().equals("ml") && !line.key().item().isPool()) {
        Explanation explanation = line(GPUS, line);

        assertThat(sum(explanation.nodes(), NodeCost::amount)).isEqualTo(line.amount());
        assertThat(explanation.nodes())
            .extracting(NodeCost::node)
            .containsExactlyElementsOf(
                line.key().item().resource().equals("gpu") ? List.of("n1") : List.of("n1", "n2"));
        assertThat(TextExplanation.render(explanation))
            .contains("By node: where the lines of CPU, memory and GPUs were");
      }
    }
  }

  @Test
  void theShareThatIsPrintedFollowsFromTheKeysThatArePrinted() {
    Explanation whole = explain(GPUS, "ml");
    assertThat(whole.pools()).singleElement().satisfies(ExplanationReaderTest::assertFollows);
    for (Line line : Statements.october(GPUS).lines()) {
      if (line.key().item().isPool() && line.key().namespace().equals("ml")) {
        Explanation explanation = line(GPUS, line);
        assertThat(explanation.pools())
            .singleElement()
            .satisfies(ExplanationReaderTest::assertFollows)
            .extracting(PoolShare::amount)
            .isEqualTo(line.amount());
      }
    }
  }

  private static void assertFollows(PoolShare pool) {
    assertThat(pool.floors()).isEqualByComparingTo("8");
    double split = pool.poolCost().subtract(pool.floors()).doubleValue();
    double share =
        (pool.floor().doubleValue() + split * pool.key().doubleValue() / pool.keys().doubleValue())
            / pool.poolCost().doubleValue();
    assertThat(share).isCloseTo(pool.share().doubleValue(), within(1e-8));
    assertThat(pool.share().multiply(pool.poolCost()))
        .isCloseTo(pool.amount(), within(new BigDecimal("0.01")));
  }

  @Test
  void aShareOfAPoolLeadsToTheNodeGroupsWhereItIs() {
    Explanation explanation = explain(GPUS, "ml");

    assertThat(explanation.groups())
        .extracting(
            group ->
                "%s %s: %s x %s = %s, %s"
                    .formatted(
                        group.pool(),
                        group.nodeGroup(),
                        group.groupCost().stripTrailingZeros().toPlainString(),
                        group.share().stripTrailingZeros(),
                        group.amount(),
                        group.resources().keySet()))
        .containsExactly(
            "idle gpu: 37.894736842 x 0.25 = 9.47, [cpu, gpu]",
            "idle web: 2.105263158 x 0.25 = 0.53, [cpu]");
    assertThat(sum(explanation.groups(), GroupShare::amount))
        .isEqualTo(sum(explanation.pools(), PoolShare::amount));
    assertThat(TextExplanation.render(explanation)).contains("Where that is");
  }

  @Test
  void idleThatIsSplitByNodeGroupLeadsToTheGroupsOfTheNamespace() {
    Explanation explanation =
        explain(
            GPUS
                + """
                pool_place_tenant {pool="idle",node_group="gpu"} 80
                pool_place_tenant {pool="idle"} 20
                """,
            "ml");

    assertThat(explanation.groups())
        .extracting(group -> "%s: %s".formatted(group.nodeGroup(), group.amount().toPlainString()))
        .containsExactly(": 2.00", "gpu: 8.00");
    assertThat(TextExplanation.render(explanation)).contains("(without tenants)");
  }

  /** Seven nodes of web, of which two have less than a cent. */
  private static final String NODES =
      """
      node_pool:cost_hourly:sum {pool="idle",node_group="gpu",node="g1",resource="gpu"} 900
      node_pool:cost_hourly:sum {pool="idle",node_group="gpu",node="g1",resource="cpu"} 60
      node_pool:cost_hourly:sum {pool="idle",node_group="gpu",node="g2",resource="cpu"} 120
      node_pool:cost_hourly:sum {pool="idle",node_group="web",node="w1",resource="cpu"} 20
      node_pool:cost_hourly:sum {pool="idle",node_group="web",node="w2",resource="cpu"} 15
      node_pool:cost_hourly:sum {pool="idle",node_group="web",node="w3",resource="cpu"} 10
      node_pool:cost_hourly:sum {pool="idle",node_group="web",node="w4",resource="cpu"} 9
      node_pool:cost_hourly:sum {pool="idle",node_group="web",node="w5",resource="cpu"} 5
      node_pool:cost_hourly:sum {pool="idle",node_group="web",node="w6",resource="cpu"} 0.5
      node_pool:cost_hourly:sum {pool="idle",node_group="web",node="w7",resource="cpu"} 0.5
      node_pool:cost_hourly:sum {pool="system",node_group="web",node="w1",resource="cpu"} 7
      """;

  @Test
  void belowANodeGroupAreItsNodesWhichAddUpToIt() {
    Explanation explanation = explain(GPUS + NODES, "ml");

    assertNodesAddUp(explanation);
    assertThat(nodes(explanation))
        .containsExactly(
            "gpu g1: 33.6842 [cpu, gpu], 8.42",
            "gpu g2: 4.2105 [cpu], 1.05",
            "web w1: 0.7018 [cpu], 0.18",
            "web w2: 0.5263 [cpu], 0.13",
            "web w3: 0.3509 [cpu], 0.09",
            "web w4: 0.3158 [cpu], 0.08",
            "web w5: 0.1754 [cpu], 0.04",
            "web w6: 0.0175 [cpu], 0.01",
            "web w7: 0.0175 [cpu], 0.00");
    assertThat(TextExplanation.render(explanation))
        .endsWith(
            """
            Node by node: samples of every two minutes, scaled to the groups
            POOL   NODE GROUP  NODE       CPU  MEMORY    GPU   COST  AMOUNT
            idle   gpu         g1        2.11          31.58  33.68    8.42
            idle   gpu         g2        4.21                  4.21    1.05
            idle   web         w1        0.70                  0.70    0.18
            idle   web         w2        0.53                  0.53    0.13
            idle   web         w3        0.35                  0.35    0.09
            idle   web         w4        0.32                  0.32    0.08
            idle   web         w5        0.18                  0.18    0.04
            idle   web         2 others  0.04                  0.03    0.01
            total                                                     10.00
            """);
    assertThat(TextExplanation.render(explanation, 6)).contains("w7").doesNotContain("others");
    assertThat(TextExplanation.render(explanation, 0)).doesNotContain("Node by node");
    assertThat(JsonExplanation.render(explanation)).contains("\"node\" : \"w7\"");
  }

  @Test
  void nodesOfIdleThatIsSplitByNodeAreThoseOfTheNamespace() {
    Explanation explanation =
        explain(
            GPUS
                + NODES
                + """
                pool_place_tenant {pool="idle",node_group="web",place="w2"} 30
                pool_place_tenant {pool="idle",node_group="web",place="gone"} 10
                pool_place_tenant {pool="idle",node_group="gpu",place="gpu"} 40
                pool_place_tenant {pool="idle"} 20
                pool_place:fallback_cost {pool="idle",node_group="web",place="w1"} 6
                pool_place:fallback_cost {pool="idle",node_group="old",place="old"} 2
                """,
            "ml");

    assertNodesAddUp(explanation);
    assertThat(nodes(explanation))
        .filteredOn(node -> !node.endsWith(" 0.00"))
        .containsExactly(
            "web w1: 6.0000 [], 1.50",
            "old : 2.0000 [], 0.50",
            "gpu g1: 33.6842 [cpu, gpu], 3.56",
            "gpu g2: 4.2105 [cpu], 0.44",
            "web w2: 0.5263 [cpu], 3.00",
            "web gone: 0.0000 [], 1.00");
    assertThat(TextExplanation.render(explanation))
        .contains("idle   (no tenants)  all of old ")
        .contains("idle   (no tenants)  w1 ");
  }

  /** An older Prometheus has groups and no nodes; then the group stands. */
  @Test
  void nodesThatAreNotRecordedAreNotMadeUp() {
    assertThat(TextExplanation.render(explain(GPUS, "ml"))).doesNotContain("Node by node");

    String some = NODES.lines().filter(line -> line.contains("gpu")).collect(joining("\n"));
    assertThat(TextExplanation.render(explain(GPUS + some, "ml")))
        .containsPattern("idle +web +\\(not recorded\\) +2.11 +2.11 +0.53");
  }

  @Test
  void nodesAreNotReadWhereNobodyWantsThem() {
    try (FakePrometheus prometheus =
        FakePrometheus.recording(Statements.at(OCTOBER, GPUS + NODES))) {
      Explanation explanation =
          new ExplanationReader(prometheus.client(), false)
              .namespace(OCTOBER, "ml", Optional.empty());

      assertThat(explanation.groups()).hasSize(2).allMatch(group -> group.nodes().isEmpty());
      assertThat(prometheus.asked()).noneMatch(asked -> asked.contains("node_pool"));
    }
  }

  private static void assertNodesAddUp(Explanation explanation) {
    for (GroupShare group : explanation.groups()) {
      assertThat(sum(group.nodes(), GroupNode::cost)).isEqualTo(group.groupCost());
      assertThat(sum(group.nodes(), GroupNode::amount)).isEqualTo(group.amount());
    }
  }

  private static List<String> nodes(Explanation explanation) {
    return explanation.groups().stream()
        .flatMap(group -> group.nodes().stream())
        .map(
            node ->
                "%s %s: %s %s, %s"
                    .formatted(
                        node.nodeGroup(),
                        node.node(),
                        node.cost().setScale(4, RoundingMode.HALF_UP).toPlainString(),
                        node.resources().keySet(),
                        node.amount().toPlainString()))
        .toList();
  }

  @Test
  void withoutDetailTheLinesStand() {
    Explanation explanation = explain(SHOP, "search");

    assertThat(explanation.workloads())
        .containsExactly(new WorkloadCost("memory", "", new BigDecimal("20.00")));
    assertThat(TextExplanation.render(explanation)).contains("(not recorded)");
  }

  @Test
  void textHasAHundredColumnsWhateverTheNames() {
    String hostile =
        DETAIL.replace("web", "w\\u001b[31m" + "x".repeat(200)).replace("m5", "y".repeat(90));

    assertThat(TextExplanation.render(explain(hostile, "shop")).lines())
        .allMatch(line -> line.length() <= 100)
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void saysWhatToDoWhereThereIsNothingToExplain() {
    assertThatThrownBy(() -> explain(SHOP, "kube-system"))
        .isInstanceOf(CannotStateException.class)
        .hasMessageStartingWith("namespace \"kube-system\" has no cost in 2026-10;");
    assertThatThrownBy(
            () ->
                explain(
                    """
                    (cluster:cost:sum1h {cluster="eu"} 1
                    (cluster:cost:sum1h {cluster="us"} 1
                    sum_over_time(ledger_line {cluster="eu",namespace="a",resource="cpu"} 1
                    sum_over_time(ledger_line {cluster="us",namespace="a",resource="cpu"} 1
                    currency_info {currency="USD"} 1
                    """,
                    "a"))
        .hasMessage("several clusters have a namespace \"a\": choose one with --cluster: eu, us");
  }

  private static Explanation line(String recorded, Line line) {
    try (FakePrometheus prometheus = FakePrometheus.recording(Statements.at(OCTOBER, recorded))) {
      return new ExplanationReader(prometheus.client())
          .line(OCTOBER, AuditKey.parse(line.auditKey()));
    }
  }

  private static Explanation shop() {
    return explain(DETAIL, "shop");
  }

  private static Explanation explain(String recorded, String namespace) {
    try (FakePrometheus prometheus = FakePrometheus.recording(Statements.at(OCTOBER, recorded))) {
      return new ExplanationReader(prometheus.client())
          .namespace(OCTOBER, namespace, Optional.empty());
    }
  }

  private static <T> BigDecimal sum(List<T> parts, Function<T, BigDecimal> amount) {
    return Explanation.sum(parts, amount);
  }
}
