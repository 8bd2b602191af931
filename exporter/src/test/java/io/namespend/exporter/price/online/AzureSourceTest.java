package io.namespend.exporter.price.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.AzureListPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.exporter.price.refresh.RefreshStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AzureSourceTest {
  private static final Node NODE =
      Nodes.azure("Standard_D4s_v5", "westeurope", CapacityType.ON_DEMAND);
  private static final Node SPOT = Nodes.azure("Standard_D4s_v5", "westeurope", CapacityType.SPOT);
  private static final String LINUX = "Virtual Machines Dsv5 Series";

  @TempDir private Path cache;
  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T00:00:00Z"));
  private ClusterSnapshot cluster = new ClusterSnapshot(List.of(NODE, SPOT), List.of(), List.of());
  private StandIn azure;

  @BeforeEach
  void start() throws IOException {
    azure = new StandIn();
  }

  @AfterEach
  void stop() {
    azure.close();
  }

  @Test
  void tellsLinuxFromWindowsAndSpotFromLowPriorityOverAllPages() {
    azure.answer(
        request ->
            Reply.ok(
                request.contains("$skip=100")
                    ? page("null", item("D4s v5", LINUX, "Consumption", 0.23))
                    : page(
                        "\"" + azure.uri() + "/api/retail/prices?$skip=100\"",
                        item("D4s v5 Spot", LINUX, "Consumption", 0.05),
                        item("D4s v5 Low Priority", LINUX, "Consumption", 0.046),
                        item("D4s v5", LINUX, "Reservation", 1200),
                        item("D4s v5", LINUX + " Windows", "Consumption", 0.414),
                        item("D4s v5 Spot", LINUX + " Windows", "Consumption", 0.09),
                        item("D4s v5", LINUX, "DevTestConsumption", 0.01))));
    OnlinePrices prices = prices();

    refresher(prices).refreshAll();

    assertThat(quote(prices, NODE)).isEqualTo("0.23 azure");
    assertThat(quote(prices, SPOT)).isEqualTo("0.05 azure-spot");
    assertThat(azure.requests()).hasSize(2);
    assertThat(azure.requests().get(0))
        .startsWith("/api/retail/prices?api-version=2023-01-01-preview&currencyCode='USD'")
        .contains("armSkuName+eq+%27Standard_D4s_v5%27", "armRegionName+eq+%27westeurope%27");
  }

  @Test
  void aLowPriorityPriceIsOnlyAGuessForSpot() {
    azure.answer(
        request ->
            Reply.ok(page("null", item("D4s v5 Low Priority", LINUX, "Consumption", 0.046))));
    OnlinePrices prices = prices();

    refresher(prices).refreshAll();

    assertThat(quote(prices, SPOT)).isEqualTo("0.046 azure-low-priority guess");
  }

  @Test
  void billsADiskAsTheNextLargerSize() {
    Volume volume =
        new Volume(
            "pv",
            "id",
            "disk.csi.azure.com",
            "premium",
            100,
            "westeurope",
            Map.of("skuname", "Premium_LRS"),
            Optional.empty());
    cluster = new ClusterSnapshot(List.of(), List.of(), List.of(), List.of(volume), List.of());
    azure.answer(
        request ->
            Reply.ok(
                page(
                    "null",
                    disk("P10 LRS Disk", 21.68),
                    disk("P10 LRS Disk Mount", 1.1),
                    disk("P6 LRS Disk", 11.2))));
    OnlinePrices prices = prices();

    refresher(prices).refreshAll();

    double perGib =
        new AzureListPrices("azure", prices, Optional.empty())
            .volume(volume, cluster.place())
            .orElseThrow()
            .amount();
    assertThat(perGib * 100 * 730).isCloseTo(21.68, offset(1e-9));
  }

  @Test
  void doesNotFollowALinkToAnotherHost() {
    azure.answer(request -> Reply.ok(page("\"https://evil.example/\"")));

    assertThat(failuresAfterRefresh()).isEqualTo(1);
    assertThat(azure.requests()).hasSize(1);
  }

  static List<Reply> failures() {
    return List.of(
        new Reply(429, "Too many requests"),
        new Reply(500, "oops"),
        Reply.CUT,
        Reply.ok("<html>login</html>"),
        Reply.ok("[]"),
        Reply.ok("{}"),
        Reply.ok("{\"Items\":[],\"NextPageLink\":null}"),
        Reply.ok(""));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void keepsTheLastGoodPriceAndCountsTheFailure(Reply failure) {
    azure.answer(request -> Reply.ok(page("null", item("D4s v5", LINUX, "Consumption", 0.23))));
    OnlinePrices prices = prices();
    PriceRefresher refresher = refresher(prices);
    refresher.refreshAll();
    Instant success = clock.instant();

    azure.answer(request -> failure);
    clock.pass(Duration.ofHours(25));
    refresher.refreshAll();

    assertThat(quote(prices, NODE)).isEqualTo("0.23 azure");
    assertThat(refresher.statuses())
        .containsExactly(new RefreshStatus("azure", Optional.of(success), 1, true));
  }

  @Test
  void aSnapshotKeepsItsPricesWhileTheSourceIsRefreshed() {
    azure.answer(request -> Reply.ok(page("null", item("D4s v5", LINUX, "Consumption", 0.23))));
    OnlinePrices prices = prices();
    PriceRefresher refresher = refresher(prices);
    refresher.refreshAll();
    PriceSource snapshot = new AzureListPrices("azure", prices, Optional.empty()).snapshot();

    azure.answer(request -> Reply.ok(page("null", item("D4s v5", LINUX, "Consumption", 0.29))));
    clock.pass(Duration.ofHours(25));
    refresher.refreshAll();

    assertThat(snapshot.node(NODE).orElseThrow().amount()).isEqualTo(0.23);
    assertThat(quote(prices, NODE)).isEqualTo("0.29 azure");
  }

  @Test
  void hasAnsweredOnlyWhatItWasAskedSince() {
    azure.answer(request -> Reply.ok(page("null", item("D4s v5", LINUX, "Consumption", 0.23))));
    PriceRefresher refresher = refresher(prices());
    assertThat(refresher.unanswered(Instant.EPOCH)).containsExactly("azure");

    refresher.refreshAll();
    assertThat(refresher.unanswered(clock.instant())).containsExactly("azure");
    assertThat(refresher.unanswered(clock.instant().minusSeconds(1))).isEmpty();
  }

  @Test
  void aSourceThatFailsHasNotAnswered() {
    azure.answer(request -> new Reply(503, "busy"));
    PriceRefresher refresher = refresher(prices());

    refresher.refreshAll();
    assertThat(refresher.unanswered(clock.instant().minusSeconds(1))).containsExactly("azure");
  }

  /** To wait for a price that the provider does not have would be to wait in vain. */
  @Test
  void aSourceThatKnowsNoPriceHasAnswered() {
    azure.answer(request -> Reply.ok(page("null")));
    PriceRefresher refresher = refresher(prices());

    refresher.refreshAll();
    assertThat(refresher.unanswered(clock.instant().minusSeconds(1))).isEmpty();
    assertThat(refresher.statuses().get(0).failing()).isTrue();
  }

  private long failuresAfterRefresh() {
    PriceRefresher refresher = refresher(prices());
    refresher.refreshAll();
    return refresher.statuses().get(0).failures();
  }

  /** Azure converts itself, where it can. */
  @Test
  void asksInThePolicysCurrencyWhereAzureHasIt() {
    for (String currency : List.of("EUR", "PLN")) {
      azure.answer(request -> Reply.ok(page("null")));
      refresher(
              Settings.in(currency, azure.uri(), cache.resolve(currency), () -> cluster, clock)
                  .azure(HttpClient.newHttpClient()))
          .refreshAll();
    }

    assertThat(azure.requests().get(0)).contains("currencyCode='EUR'");
    assertThat(azure.requests().get(1)).contains("currencyCode='USD'");
  }

  /** It was counted as prices that cannot be refreshed. */
  @Test
  void aCacheThatCannotBeWrittenIsNoFailureOfThePrices() throws IOException {
    azure.answer(request -> Reply.ok(page("null", item("D4s v5", LINUX, "Consumption", 0.23))));
    cluster = new ClusterSnapshot(List.of(NODE), List.of(), List.of());
    Path file = Files.writeString(cache.resolve("file"), "not a folder");
    OnlinePrices prices =
        Settings.sources(azure.uri(), file, () -> cluster, clock).azure(HttpClient.newHttpClient());
    PriceRefresher refresher = refresher(prices);
    List<String> said = new ArrayList<>();
    Logger logger = Logger.getLogger(AnswerStore.class.getName());
    // A filter hears what is logged, and lets nothing through.
    logger.setFilter(
        entry -> {
          said.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
          return false;
        });

    try {
      refresher.refreshAll();
      clock.pass(Duration.ofDays(2));
      refresher.refreshAll();
    } finally {
      logger.setFilter(null);
    }

    assertThat(quote(prices, NODE)).isEqualTo("0.23 azure");
    assertThat(refresher.statuses())
        .allMatch(status -> !status.failing() && status.failures() == 0);
    assertThat(said)
        .hasSize(1)
        .allMatch(line -> line.startsWith("cannot keep prices in " + file.resolve("azure.json")));
  }

  private OnlinePrices prices() {
    return Settings.sources(azure.uri(), cache, () -> cluster, clock)
        .azure(HttpClient.newHttpClient());
  }

  private PriceRefresher refresher(OnlinePrices prices) {
    return new PriceRefresher(List.of(prices), clock, () -> {});
  }

  private static String quote(OnlinePrices prices, Node node) {
    Quote quote = new AzureListPrices("azure", prices, Optional.empty()).node(node).orElseThrow();
    return quote.amount() + " " + quote.source() + (quote.estimated() ? " guess" : "");
  }

  private static String page(String next, String... items) {
    return "{\"BillingCurrency\":\"USD\",\"Items\":[%s],\"NextPageLink\":%s,\"Count\":%d}"
        .formatted(String.join(",", items), next, items.length);
  }

  private static String item(String sku, String product, String type, double price) {
    return ("{\"currencyCode\":\"USD\",\"retailPrice\":%s,\"armRegionName\":\"westeurope\","
            + "\"skuName\":\"%s\",\"productName\":\"%s\",\"type\":\"%s\","
            + "\"unitOfMeasure\":\"1 Hour\",\"armSkuName\":\"Standard_D4s_v5\"}")
        .formatted(price, sku, product, type);
  }

  private static String disk(String meter, double price) {
    return ("{\"currencyCode\":\"USD\",\"retailPrice\":%s,\"armRegionName\":\"westeurope\","
            + "\"meterName\":\"%s\",\"productName\":\"Premium SSD Managed Disks\","
            + "\"type\":\"Consumption\",\"unitOfMeasure\":\"1/Month\"}")
        .formatted(price, meter);
  }
}
