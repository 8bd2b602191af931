package io.namespend.exporter.price.online;

import static io.namespend.exporter.price.online.AwsDocuments.instance;
import static io.namespend.exporter.price.online.AwsDocuments.products;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.exporter.price.refresh.RefreshStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsSourceTest extends AwsPricesTest {
  private static final Node NODE = Nodes.aws("m5.xlarge", "eu-west-1");

  @BeforeEach
  void haveANode() {
    cluster = cluster(NODE);
  }

  @Test
  void asksForWhatTheClusterHasAndReadsEveryPage() {
    aws.answer(
        request ->
            request.contains("page-2")
                ? Reply.ok(products("", instance("m5.xlarge", "eu-west-1", "0.214", Map.of())))
                : Reply.ok(
                    products(
                        "page-2",
                        instance(
                            "m5.xlarge", "eu-west-1", "9", Map.of("operatingSystem", "Windows")),
                        instance("m5.xlarge", "eu-west-1", "9", Map.of("tenancy", "Dedicated")),
                        instance(
                            "m5.xlarge",
                            "eu-west-1",
                            "9",
                            Map.of("capacitystatus", "UnusedCapacityReservation")),
                        instance("m5.xlarge", "eu-west-1", "0.0", Map.of()),
                        instance(
                            "m5.xlarge",
                            "eu-west-1",
                            "9",
                            Map.of("locationType", "AWS Local Zone")))));
    OnlinePrices prices = prices(CREDENTIALS);
    PriceRefresher refresher = refresher(prices);

    refresher.refreshAll();

    assertThat(quote(prices, NODE)).contains(quote(0.214, "aws"));
    assertThat(aws.requests()).hasSize(2);
    assertThat(aws.requests().get(0))
        .contains("AWSPriceListService.GetProducts", "\"ServiceCode\":\"AmazonEC2\"")
        .contains(
            filter("instanceType", "m5.xlarge"),
            filter("regionCode", "eu-west-1"),
            filter("operatingSystem", "Linux"),
            filter("tenancy", "Shared"),
            filter("capacitystatus", "Used"),
            filter("preInstalledSw", "NA"));
    assertThat(refresher.statuses())
        .containsExactly(new RefreshStatus("aws", Optional.of(clock.instant()), 0, false));
  }

  /** There is no other; the price is converted afterwards. */
  @Test
  void readsDollarsWhateverThePolicysCurrency() {
    aws.answer(
        request -> Reply.ok(products("", instance("m5.xlarge", "eu-west-1", "0.214", Map.of()))));
    OnlinePrices prices =
        Settings.in("EUR", aws.uri(), cache, () -> cluster, clock)
            .aws(http, CREDENTIALS, immediately());

    refresher(prices).refreshAll();

    assertThat(quote(prices, NODE)).contains(quote(0.214, "aws"));
  }

  static List<Reply> failures() {
    return List.of(
        new Reply(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}"),
        new Reply(429, "slow down"),
        new Reply(503, "unavailable"),
        new Reply(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}"),
        Reply.CUT,
        Reply.ok("<html>login</html>"),
        Reply.ok("{\"FormatVersion\":\"aws_v1\",\"PriceList\":[\"{broken\"]}"),
        Reply.ok("{\"FormatVersion\":\"aws_v1\",\"PriceList\":[]}"),
        Reply.ok(""));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void keepsTheLastGoodPriceAndCountsTheFailure(Reply failure) {
    aws.answer(
        request -> Reply.ok(products("", instance("m5.xlarge", "eu-west-1", "0.214", Map.of()))));
    OnlinePrices prices = prices(CREDENTIALS);
    PriceRefresher refresher = refresher(prices);
    refresher.refreshAll();
    Instant success = clock.instant();

    aws.answer(request -> failure);
    clock.pass(Duration.ofHours(25));
    refresher.refreshAll();

    assertThat(quote(prices, NODE)).contains(quote(0.214, "aws"));
    assertThat(refresher.statuses())
        .containsExactly(new RefreshStatus("aws", Optional.of(success), 1, true));
  }

  @Test
  void retriesAThrottledCall() {
    List<String> calls = new ArrayList<>();
    aws.answer(
        request -> {
          calls.add(request);
          return calls.size() < 3
              ? new Reply(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}")
              : Reply.ok(products("", instance("m5.xlarge", "eu-west-1", "0.214", Map.of())));
        });
    OnlinePrices prices = prices(CREDENTIALS);
    PriceRefresher refresher = refresher(prices);

    refresher.refreshAll();

    assertThat(refresher.statuses().get(0).failures()).isZero();
    assertThat(quote(prices, NODE)).isPresent();
  }

  @Test
  void withoutCredentialsItKnowsNothingAndSaysSo() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials from any of the providers");
        };
    OnlinePrices prices = prices(none);
    OnlinePrices spot = spotPrices(none);
    cluster = cluster(NODE, Nodes.spot("c5.large", "eu-west-1b"));
    PriceRefresher refresher = new PriceRefresher(List.of(prices, spot), clock, () -> {});

    refresher.refreshAll();

    assertThat(quote(prices, NODE)).isEmpty();
    assertThat(aws.requests()).isEmpty();
    PriceChain chain =
        new PriceChain(
            List.of(new AwsListPrices("aws", prices, Optional.empty()), new BuiltinPrices()),
            List.of(),
            new NodeCapacity(type -> Optional.empty()));
    assertThat(chain.node(NODE).source()).isEqualTo("builtin");
    assertThat(refresher.statuses())
        .containsExactly(
            new RefreshStatus("aws", Optional.empty(), 1, true),
            new RefreshStatus("aws-spot", Optional.empty(), 1, true));
  }

  @Test
  void waitsLongerAfterEachFailure() {
    aws.answer(request -> new Reply(400, "{\"__type\":\"AccessDeniedException\"}"));
    PriceRefresher refresher = refresher(prices(CREDENTIALS));

    for (int second = 0; second < 600; second += 5) {
      refresher.refreshAll();
      clock.pass(Duration.ofSeconds(5));
    }

    // After 0, 1, 3 and 7 minutes.
    assertThat(refresher.statuses().get(0).failures()).isEqualTo(4);
  }

  @Test
  void ignoresABrokenCacheFile() throws IOException {
    Files.writeString(cache.resolve("aws.json"), "{\"currency\":\"USD\",\"answers\":{\"x\":{}}}");
    aws.answer(
        request -> Reply.ok(products("", instance("m5.xlarge", "eu-west-1", "0.214", Map.of()))));
    OnlinePrices prices = prices(CREDENTIALS);

    refresher(prices).refreshAll();

    assertThat(quote(prices, NODE)).contains(quote(0.214, "aws"));
  }

  private OnlinePrices prices(AwsCredentialsProvider credentials) {
    return sources().aws(http, credentials, immediately());
  }

  private OnlinePrices spotPrices(AwsCredentialsProvider credentials) {
    return sources().awsSpot(http, credentials);
  }

  private static String filter(String field, String value) {
    return "{\"Type\":\"TERM_MATCH\",\"Field\":\"%s\",\"Value\":\"%s\"}".formatted(field, value);
  }
}
