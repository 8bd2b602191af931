package io.namespend.reporter.statement;

import static io.namespend.reporter.statement.Statements.SHOP;
import static io.namespend.reporter.statement.Statements.october;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.namespend.reporter.prometheus.FakePrometheus;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StatementReaderTest {
  @Test
  void linesOfOwnersInOrderAddUpToTheWholeRoundedHalfUp() {
    Statement statement = october(SHOP);

    assertThat(table(statement))
        .isEqualTo(
            """
            |unallocated  support 1 Shares x 7 = 7.00 unallocated
            cc-1|web search memory 4000 GiB-Hours x 0.005 = 20.00 direct-usage
            cc-1|web search idle 0.25 Shares x 20 = 5.00 pool-driver+proportional
            cc-1|web shop cpu 750 Core-Hours x 0.04 = 30.00 direct-blended
            cc-1|web shop storage 558 Hours x 0.01344758065 = 7.51 direct
            cc-1|web shop idle 0.5625 Shares x 20 = 11.25 pool-driver+proportional
            cc-2|pay shop cpu 250 Core-Hours x 0.04 = 10.00 direct-blended
            cc-2|pay shop storage 186 Hours x 0.01344758065 = 2.50 direct
            cc-2|pay shop idle 0.1875 Shares x 20 = 3.75 pool-driver+proportional
            cc-3|data  external 744 Hours x 0.004032258065 = 3.00 direct
            """);
    assertThat(statement.total()).isEqualTo("100.01");
    assertThat(Statements.sum(statement)).isEqualTo("100.01");
    assertThat(statement.currency()).isEqualTo("USD");
    assertThat(statement.rules()).isEqualTo("r1");
    assertThat(statement.status()).isEqualTo("final");
    assertThat(statement.warnings()).isEmpty();
  }

  @Test
  void everyAuditKeyLeadsBackToItsLine() {
    for (Line line : october(SHOP).lines()) {
      assertThat(AuditKey.parse(line.auditKey()))
          .isEqualTo(new AuditKey("2026-10", line.key(), "r1"));
    }
  }

  @Test
  void sharesOfWhatAClusterChargesForAnItemAreOne() {
    assertThat(
            october(SHOP).lines().stream()
                .filter(line -> line.key().item().equals(Item.ofPool("idle")))
                .map(Line::share)
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  void withoutRecordedOwnersTheWorkloadsDecideThenTheNamespace() {
    String recorded =
        SHOP.replace("namespace_owner:cost:sum1h", "elsewhere")
            + """
            namespace_owner:cost_hourly:direct {namespace="shop",team="web"}   30
            namespace_owner:cost_hourly:direct {namespace="shop",team="pay"}   10
            namespend_namespace_info           {namespace="search",team="old"} 60
            namespend_namespace_info           {namespace="search",team="new"} 20
            namespend_namespace_info           {namespace="shop",team="never"} 80
            team:cost:sum1h                    {team="web"}                    40.00
            """;
    Statement statement = october(recorded);

    assertThat(
            statement.lines().stream()
                .filter(line -> line.key().item().equals(Item.ofPool("idle")))
                .map(line -> line.key().owner().team() + " " + line.amount()))
        .containsExactly("new 1.25", "old 3.75", "pay 3.75", "web 11.25");
    assertThat(statement.warnings())
        .anyMatch(warning -> warning.contains("differ from team:cost:sum1h by up to 18.75 USD"));
  }

  @Test
  void aNamespaceThatNobodyKnowsIsUnattributed() {
    Statement statement = october(SHOP.replace("namespace_owner:", "elsewhere:"));

    assertThat(statement.lines())
        .filteredOn(line -> line.key().namespace().equals("shop"))
        .allMatch(line -> line.key().owner().equals(Owner.UNATTRIBUTED));
    assertThat(statement.total()).isEqualTo("100.01");
  }

  @Test
  void computeOfANamespaceSaysHowMuchOfItsUsageWasMeasured() {
    Statement statement =
        october(
            SHOP
                + """
                sum_over_time(namespace:usage_measured:ratio1h   {namespace="shop"} 709.9
                count_over_time(namespace:usage_measured:ratio1h {namespace="shop"} 744
                """);

    assertThat(statement.lines())
        .filteredOn(line -> statement.usageMeasured(line).isPresent())
        .extracting(line -> line.key().namespace() + " " + line.key().item().name())
        .containsExactly("shop cpu", "shop cpu");
    assertThat(CsvStatement.render(statement))
        .contains(",direct-blended,1.0000,0.9541,ledger_line")
        .contains(",direct-usage,1.0000,,ledger_line");
    assertThat(JsonStatement.render(statement))
        .containsOnlyOnce(
            "\"usage_measured\" : 0.9541,\n"
                + "      \"audit_key\" : \"ledger_line:cost:sum1h/2026-10/-/shop/resource=cpu/web");
    assertThat(FocusStatement.render(statement).lines().findFirst().orElseThrow())
        .endsWith(",x_UnitPrice,x_UsageMeasured");
  }

  @Test
  void statesWhatIsNotCovered() {
    Statement statement = october(SHOP.replaceFirst("(coverage:ratio1h +\\{} +)744", "$1371.99"));

    assertThat(statement.coverage()).containsExactly(entry("", new BigDecimal("0.4999")));
    assertThat(statement.warnings())
        .containsExactly(
            "49.99 % of the period's minutes have figures; the others cost nothing here");
  }

  @Test
  void severalClustersAddUpTogether() {
    Statement statement =
        october(
            """
            (cluster:cost:sum1h                  {cluster="eu"}                               1.004
            (cluster:cost:sum1h                  {cluster="us"}                               1.004
            (cluster:coverage:ratio1h            {cluster="eu"}                               744
            sum_over_time(ledger_line:cost:sum1h {cluster="eu",namespace="a",resource="cpu"}  1.004
            sum_over_time(ledger_line:cost:sum1h {cluster="us",namespace="a",resource="cpu"}  1.004
            currency_info                        {currency="USD"}                             1
            """);

    assertThat(statement.total()).isEqualTo("2.01");
    assertThat(statement.lines())
        .extracting(line -> line.key().cluster() + " " + line.amount())
        .containsExactly("eu 1.01", "us 1.00");
    assertThat(statement.coverage()).containsEntry("us", new BigDecimal("0.0000"));
    assertThat(statement.warnings()).anyMatch(warning -> warning.startsWith("us: 0.00 % of"));
  }

  @Test
  void asksOnlyForTheClustersThatAreWanted() {
    try (FakePrometheus prometheus = FakePrometheus.recording("")) {
      assertThatThrownBy(
              () ->
                  new StatementReader(prometheus.client(), GlAccounts.none())
                      .read(Statements.OCTOBER, new TreeSet<>(List.of("a.b", "c\"}"))))
          .isInstanceOf(CannotStateException.class)
          .hasMessageContaining("for every one of a.b, c\"}");
      assertThat(prometheus.asked().get(0))
          .contains("cluster%3D%7E%22a%5C%5C.b%7Cc%5C%22%5C%5C%7D%22");
    }
  }

  @Test
  void aMonthThatCostNothingHasNoLines() {
    Statement statement = october("(cluster:cost:sum1h {} 0\ncurrency_info {currency=\"JPY\"} 1\n");

    assertThat(statement.lines()).isEmpty();
    assertThat(statement.total()).isEqualTo("0");
  }

  @Test
  void roundsToTheCurrencysSmallestUnit() {
    assertThat(october(SHOP.replace("USD", "JPY")).total()).isEqualTo("100");
    assertThat(october(SHOP.replace("USD", "KWD")).total()).isEqualTo("100.005");
    assertThat(october(SHOP.replace("USD", "shells")).total()).isEqualTo("100.01");
  }

  @Test
  void refusesWhatCannotBeBooked() {
    assertRefused("", "no data: cluster:cost:sum1h has no sample from 2026-10-01T00:00:00Z");
    assertRefused(SHOP.replace("100.005", "101"), "has 101.000000 for cluster \"\", but its lines");
    assertRefused(SHOP.replace("100.005", "NaN"), "is NaN for {}, which does not add up");
    assertRefused(
        SHOP.replaceFirst("(coverage:ratio1h +\\{} +)744", "$11488"), "hours were recorded twice");
    assertRefused(SHOP.replace("currency_info", "elsewhere"), "the amounts have no currency");
    assertRefused(SHOP + "currency_info {currency=\"EUR\"} 1", "has EUR, USD; state each cluster");
  }

  @Test
  void saysWhichLinesHaveNoAccount() {
    Statement statement =
        october(SHOP, GlAccounts.parse("cost_center,resource,pool,gl_account\ncc-1,,,6000\n"));

    assertThat(statement.lines()).filteredOn(line -> line.glAccount().equals("6000")).hasSize(5);
    assertThat(statement.warnings())
        .singleElement()
        .asString()
        .startsWith("5 lines with 26.25 USD have no GL account");
  }

  @Test
  void theSameSamplesGiveTheSameBytesInAnyOrder() {
    List<String> lines = SHOP.lines().collect(Collectors.toList());
    String first = CsvStatement.render(october(SHOP));
    Collections.shuffle(lines, new Random(7));

    assertThat(CsvStatement.render(october(String.join("\n", lines)))).isEqualTo(first);
  }

  @Test
  void poolsSayWhichNodeGroupsTheyAreOn() {
    String json =
        JsonStatement.render(
            Statements.october(
                Statements.SHOP
                    + """
                    (pool_group:cost:sum1h {pool="idle",node_group="gpu",resource="cpu"} 9
                    (pool_group:cost:sum1h {pool="idle",node_group="gpu",resource="gpu"} 6
                    (pool_group:cost:sum1h {pool="idle",node_group="web",resource="cpu"} 15
                    """));

    assertThat(json)
        .containsPattern(
            "(?s)\"pool\" ?: ?\"idle\",\\s*\"cost_by_node_group\" ?: ?\\{\\s*\"gpu\" ?:"
                + " ?10.000000000,\\s*\"web\" ?: ?10.000000000");
    assertThat(JsonStatement.render(Statements.october(Statements.SHOP)))
        .doesNotContain("cost_by_node_group");
  }

  @Test
  void aThousandNamespacesAddUp() {
    Random random = new Random(3);
    double[] costs = IntStream.range(0, 12_000).mapToDouble(i -> random.nextDouble()).toArray();
    BigDecimal whole =
        IntStream.range(0, costs.length)
            .mapToObj(i -> new BigDecimal(costs[i]))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    String recorded =
        IntStream.range(0, costs.length)
            .mapToObj(
                i ->
                    "sum_over_time(ledger_line:cost:sum1h {namespace=\"n%d\",pool=\"p%d\"} %s"
                        .formatted(i / 12, i % 12, costs[i]))
            .collect(
                Collectors.joining(
                    "\n",
                    "(cluster:cost:sum1h {} %s\n".formatted(whole.doubleValue()),
                    "\ncurrency_info {currency=\"USD\"} 1\n"));

    Statement statement = october(recorded);

    assertThat(statement.lines()).hasSize(12_000);
    assertThat(Statements.sum(statement)).isEqualTo(statement.total());
  }

  private static void assertRefused(String recorded, String message) {
    assertThatThrownBy(() -> october(recorded))
        .isInstanceOf(CannotStateException.class)
        .hasMessageContaining(message);
  }

  private static String table(Statement statement) {
    return statement.lines().stream()
        .map(
            line ->
                "%s|%s %s %s %s %s x %s = %s %s\n"
                    .formatted(
                        line.key().owner().costCenter(),
                        line.key().owner().team(),
                        line.key().namespace(),
                        line.key().item().name(),
                        line.quantity().value().toPlainString(),
                        line.quantity().unit(),
                        line.quantity().unitPrice().toPlainString(),
                        line.amount(),
                        line.method()))
        .collect(Collectors.joining());
  }
}
