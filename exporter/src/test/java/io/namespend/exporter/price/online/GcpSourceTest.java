package io.namespend.exporter.price.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.list.GcpListPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.exporter.price.refresh.RefreshStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcpSourceTest {
  private static final Resources CAPACITY = Resources.ofGib(4, 15.6, 0);
  private static final Node NODE =
      Nodes.gcp("n2-standard-4", CapacityType.ON_DEMAND, CAPACITY, Map.of());
  private static final Node SPOT =
      Nodes.gcp("n2-standard-4", CapacityType.SPOT, CAPACITY, Map.of());
  private static final Node WITH_GPU =
      Nodes.gcp(
          "g2-standard-4",
          CapacityType.ON_DEMAND,
          Resources.ofGib(4, 15.6, 1),
          Map.of(GcpListPrices.ACCELERATOR_LABEL, "nvidia-l4"));

  @TempDir private Path folder;
  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T00:00:00Z"));
  private final ClusterSnapshot cluster =
      new ClusterSnapshot(List.of(NODE, SPOT, WITH_GPU), List.of(), List.of());
  private StandIn gcp;

  @BeforeEach
  void start() throws IOException {
    gcp = new StandIn();
    Files.writeString(folder.resolve("key"), "AIza-test\n");
  }

  @AfterEach
  void stop() {
    gcp.close();
  }

  @Test
  void addsUpCoresMemoryAndGpusOverAllPages() {
    gcp.answer(
        request ->
            Reply.ok(
                request.contains("pageToken=p2")
                    ? page(
                        "",
                        sku(
                            "Spot Preemptible N2 Instance Core running in Belgium",
                            "Preemptible",
                            "h",
                            8_000_000),
                        sku(
                            "Spot Preemptible N2 Instance Ram running in Belgium",
                            "Preemptible",
                            "GiBy.h",
                            1_000_000),
                        sku("G2 Instance Core running in Belgium", "OnDemand", "h", 27_000_000),
                        sku("G2 Instance Ram running in Belgium", "OnDemand", "GiBy.h", 3_000_000),
                        sku("Nvidia L4 GPU running in Belgium", "OnDemand", "h", 600_000_000))
                    : page(
                        "p2",
                        sku("N2 Instance Core running in Belgium", "OnDemand", "h", 34_000_000),
                        sku("N2 Instance Ram running in Belgium", "OnDemand", "GiBy.h", 4_500_000),
                        sku("Commitment v1: N2 Cpu in Belgium for 1 Year", "Commit1Yr", "h", 1),
                        sku(
                            "N2 Sole Tenancy Instance Core running in Belgium",
                            "OnDemand",
                            "h",
                            99_000_000),
                        sku(
                            "N2 Custom Extended Instance Ram running in Belgium",
                            "OnDemand",
                            "GiBy.h",
                            99_000_000),
                        sku(
                            "Balanced PD Capacity in Belgium",
                            "OnDemand",
                            "GiBy.mo",
                            110_000_000))));
    OnlinePrices prices = prices();

    refresher(prices).refreshAll();

    assertThat(price(prices, NODE)).isCloseTo(4 * 0.034 + 16 * 0.0045, offset(1e-12));
    assertThat(price(prices, SPOT)).isCloseTo(4 * 0.008 + 16 * 0.001, offset(1e-12));
    assertThat(price(prices, WITH_GPU)).isCloseTo(4 * 0.027 + 16 * 0.003 + 0.6, offset(1e-12));
    assertThat(prices.price("disk/pd-balanced", "europe-west1").getAsDouble())
        .isCloseTo(0.11 / 730, offset(1e-15));
    assertThat(gcp.requests()).hasSize(2);
    assertThat(gcp.requests().get(0))
        .startsWith("/v1/services/6F81-5844-456A/skus?currencyCode=USD&pageSize=500")
        .doesNotContain("AIza");
    assertThat(gcp.headers())
        .allSatisfy(
            headers -> {
              assertThat(headers.getFirst("X-Goog-Api-Key")).isEqualTo("AIza-test");
              assertThat(headers).doesNotContainKey("Authorization");
            });
  }

  @Test
  void withoutAnApiKeyItAsksInTheNameOfTheServiceAccount() {
    gcp.answer(
        request ->
            Reply.ok(
                request.startsWith("/computeMetadata/")
                    ? "{\"access_token\":\"ya29.test\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
                    : page(
                        request.contains("pageToken=p2") ? "" : "p2",
                        sku("N2 Instance Core running in Belgium", "OnDemand", "h", 34_000_000),
                        sku(
                            "N2 Instance Ram running in Belgium",
                            "OnDemand",
                            "GiBy.h",
                            4_500_000))));
    OnlinePrices prices = prices(Optional.empty());

    refresher(prices).refreshAll();

    assertThat(price(prices, NODE)).isCloseTo(0.208, offset(1e-12));
    assertThat(gcp.requests())
        .extracting(request -> request.replaceFirst("[?].*", "").strip())
        .containsExactly(
            "/computeMetadata/v1/instance/service-accounts/default/token null",
            "/v1/services/6F81-5844-456A/skus",
            "/v1/services/6F81-5844-456A/skus");
    assertThat(gcp.headers().subList(1, 3))
        .allSatisfy(
            headers -> {
              assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer ya29.test");
              assertThat(headers).doesNotContainKey("X-goog-api-key");
            });
  }

  static List<Reply> failures() {
    return List.of(
        new Reply(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}"),
        new Reply(429, "{}"),
        new Reply(503, ""),
        Reply.CUT,
        Reply.ok("nonsense"),
        Reply.ok("{}"),
        Reply.ok("{\"skus\":[]}"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void keepsTheLastGoodPriceAndCountsTheFailure(Reply failure) {
    gcp.answer(
        request ->
            Reply.ok(
                page(
                    "",
                    sku("N2 Instance Core running in Belgium", "OnDemand", "h", 34_000_000),
                    sku("N2 Instance Ram running in Belgium", "OnDemand", "GiBy.h", 4_500_000))));
    OnlinePrices prices = prices();
    PriceRefresher refresher = refresher(prices);
    refresher.refreshAll();
    Instant success = clock.instant();

    gcp.answer(request -> failure);
    clock.pass(Duration.ofHours(25));
    refresher.refreshAll();

    assertThat(price(prices, NODE)).isCloseTo(0.208, offset(1e-12));
    assertThat(refresher.statuses())
        .containsExactly(new RefreshStatus("gcp", Optional.of(success), 1, true));
  }

  /** Of several lines the HTTP client would take none, and quote them all. */
  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "AIza-test\nAIza-old"})
  void withoutAUsableKeyItAsksNobodyAndSaysSo(String key) throws IOException {
    Files.writeString(folder.resolve("key"), key);
    OnlinePrices prices = prices();

    assertThatThrownBy(() -> prices.refresh(clock.instant()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the API key file " + folder.resolve("key") + " must hold one key")
        .hasMessageNotContaining("AIza");
    Files.delete(folder.resolve("key"));
    assertThatThrownBy(() -> prices.refresh(clock.instant()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
    assertThat(gcp.requests()).isEmpty();
  }

  private OnlinePrices prices() {
    return prices(Optional.of(folder.resolve("key")));
  }

  private OnlinePrices prices(Optional<Path> apiKeyFile) {
    return Settings.sources(gcp.uri(), folder.resolve("cache"), apiKeyFile, () -> cluster, clock)
        .gcp(HttpClient.newHttpClient());
  }

  private PriceRefresher refresher(OnlinePrices prices) {
    return new PriceRefresher(List.of(prices), clock, () -> {});
  }

  private static double price(OnlinePrices prices, Node node) {
    return new GcpListPrices("gcp", prices, Optional.empty()).node(node).orElseThrow().amount();
  }

  private static String page(String nextToken, String... skus) {
    return "{\"skus\":[%s],\"nextPageToken\":\"%s\"}".formatted(String.join(",", skus), nextToken);
  }

  private static String sku(String description, String usageType, String unit, int nanos) {
    return ("{\"description\":\"%s\",\"category\":{\"usageType\":\"%s\"},"
            + "\"serviceRegions\":[\"europe-west1\"],\"pricingInfo\":[{\"pricingExpression\":{"
            + "\"usageUnit\":\"%s\",\"tieredRates\":[{\"startUsageAmount\":0,\"unitPrice\":{"
            + "\"currencyCode\":\"USD\",\"units\":\"0\",\"nanos\":%d}}]}}]}")
        .formatted(description, usageType, unit, nanos);
  }
}
