package io.namespend.exporter.price.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Resources;
import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.PriceRefresher;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.RefreshStatus;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

class AwsSourceTest {
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
  private static final Node NODE = Nodes.aws("m5.xlarge", "eu-west-1");

  @TempDir private Path cache;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T00:00:00Z"));
  private ClusterSnapshot cluster = cluster(NODE);
  private StandIn aws;

  @BeforeEach
  void start() throws IOException {
    aws = new StandIn();
  }

  @AfterEach
  void stop() {
    aws.close();
    http.close();
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
        .containsExactly(new RefreshStatus("aws", Optional.of(clock.instant()), 0));
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
        .containsExactly(new RefreshStatus("aws", Optional.of(success), 1));
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
    assertThat(refresher.statuses())
        .containsExactly(
            new RefreshStatus("aws", Optional.empty(), 1),
            new RefreshStatus("aws-spot", Optional.empty(), 1));
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
  void sixtyTypesInThreeRegionsCostSixtyCallsAndAFewAndNoneAfterARestart() {
    List<Node> nodes = new ArrayList<>();
    for (int type = 0; type < 60; type++) {
      for (String region : List.of("eu-west-1", "eu-central-1", "us-east-1")) {
        nodes.add(Nodes.aws("m%d.large".formatted(type), region));
      }
    }
    cluster =
        new ClusterSnapshot(
            nodes,
            List.of(),
            List.of(),
            List.of(volume("eu-west-1"), volume("us-east-1")),
            List.of());
    aws.answer(
        request -> {
          if (request.contains("\"Storage\"")) {
            return Reply.ok(
                products(
                    "",
                    product("Storage", "EU-EBS:VolumeUsage.gp3", "eu-west-1", "GB-Mo", "0.088")));
          }
          String type = request.replaceAll(".*\"(m\\d+\\.large)\".*", "$1");
          return Reply.ok(
              products(
                  "",
                  instance(type, "eu-west-1", "0.1", Map.of()),
                  instance(type, "eu-central-1", "0.2", Map.of()),
                  instance(type, "us-east-1", "0.3", Map.of())));
        });
    OnlinePrices prices = prices(CREDENTIALS);

    refresher(prices).refreshAll();

    assertThat(aws.requests()).hasSizeLessThanOrEqualTo(60 + 5);
    assertThat(quote(prices, nodes.get(1))).contains(quote(0.2, "aws"));
    int before = aws.requests().size();
    clock.pass(Duration.ofHours(23));

    OnlinePrices restarted = prices(CREDENTIALS);
    PriceRefresher refresher = refresher(restarted);
    refresher.refreshAll();

    assertThat(aws.requests()).hasSize(before);
    assertThat(quote(restarted, nodes.get(2))).contains(quote(0.3, "aws"));
    assertThat(refresher.statuses().get(0).lastSuccess())
        .contains(clock.instant().minus(Duration.ofHours(23)));
  }

  @Test
  void asksOnlyForANewTypeWhenOneAppears() {
    aws.answer(
        request ->
            Reply.ok(
                products(
                    "",
                    instance(
                        request.contains("r6i.large") ? "r6i.large" : "m5.xlarge",
                        "eu-west-1",
                        "0.1",
                        Map.of()))));
    OnlinePrices prices = prices(CREDENTIALS);
    PriceRefresher refresher = refresher(prices);
    refresher.refreshAll();

    cluster = cluster(NODE, Nodes.aws("r6i.large", "eu-west-1"));
    refresher.refreshAll();

    assertThat(aws.requests()).hasSize(2);
    assertThat(aws.requests().get(1)).contains("r6i.large");
  }

  @Test
  void readsVolumesLoadBalancersControlPlaneAndFargate() {
    cluster =
        new ClusterSnapshot(
            List.of(Nodes.fargate("eu-west-1", Resources.ofGib(0.2, 0.4, 0))),
            List.of(),
            List.of(),
            List.of(
                volume("eu-west-1", Map.of("type", "gp3", "iops", "4000", "throughput", "225"))),
            List.of());
    aws.answer(
        request ->
            Reply.ok(
                request.contains("AmazonEKS")
                    ? products(
                        "",
                        product(
                            "Compute",
                            "EU-Fargate-vCPU-Hours:perCPU",
                            "eu-west-1",
                            "hours",
                            "0.04456"),
                        product("Compute", "EU-Fargate-GB-Hours", "eu-west-1", "hours", "0.0049"),
                        product("Compute", "EU-Fargate-ARM-GB-Hours", "eu-west-1", "hours", "9"),
                        product(
                            "Compute",
                            "EU-AmazonEKS-Hours:extendedSupport",
                            "eu-west-1",
                            "Hours",
                            "0.5"),
                        product(
                            "Compute",
                            "EU-AmazonEKS-Hours:perCluster",
                            "eu-west-1",
                            "Hours",
                            "0.1"))
                    : request.contains("System Operation")
                        ? products(
                            "",
                            product(
                                "System Operation",
                                "EU-EBS:VolumeP-IOPS.gp3",
                                "eu-west-1",
                                "IOPS-Mo",
                                "0.0055"))
                        : request.contains("Provisioned Throughput")
                            ? products(
                                "",
                                product(
                                    "Provisioned Throughput",
                                    "EU-EBS:VolumeP-Throughput.gp3",
                                    "eu-west-1",
                                    "GiBps-mo",
                                    "45.056"))
                            : products(
                                "",
                                product(
                                    "Storage",
                                    "EU-EBS:VolumeUsage.gp3",
                                    "eu-west-1",
                                    "GB-Mo",
                                    "0.088"))));
    OnlinePrices prices = prices(CREDENTIALS);

    refresher(prices).refreshAll();

    AwsListPrices list = new AwsListPrices("aws", prices, Optional.empty());
    assertThat(list.node(cluster.nodes().get(0)).orElseThrow().amount())
        .isCloseTo(0.25 * 0.04456 + 1 * 0.0049, offset(1e-12));
    assertThat(
            list.volume(cluster.volumes().get(0), cluster.place()).orElseThrow().amount()
                * 730
                * 100)
        .isCloseTo(8.8 + 1000 * 0.0055 + 100 * 0.044, offset(1e-9));
    assertThat(prices.price("eks_cluster_standard", "eu-west-1")).hasValue(0.1);
  }

  @Test
  void readsSpotPricesOfAllTypesOfARegionInOneSignedCallEveryTenMinutes() {
    Node node = Nodes.spot("m5.xlarge", "eu-west-1b");
    cluster = cluster(node, Nodes.spot("c5.large", "eu-west-1a"));
    aws.answer(
        request ->
            Reply.ok(
                request.contains("NextToken=more")
                    ? spot("", "c5.large", "eu-west-1a", "0.031")
                    : spot("more", "m5.xlarge", "eu-west-1b", "0.0801")));
    OnlinePrices prices = spotPrices(CREDENTIALS);
    PriceRefresher refresher = refresher(prices);

    refresher.refreshAll();

    assertThat(quote(prices, node).map(Quote::source)).contains("aws-spot");
    assertThat(quote(prices, node).map(Quote::amount)).contains(0.0801);
    assertThat(prices.price("spot/c5.large", "eu-west-1a")).hasValue(0.031);
    assertThat(aws.requests()).hasSize(2);
    assertThat(aws.requests().get(0))
        .contains("Action=DescribeSpotPriceHistory", "InstanceType.1=c5.large")
        .contains("InstanceType.2=m5.xlarge", "StartTime=2026-11-21T00%3A00%3A00Z");
    clock.pass(Duration.ofMinutes(9));
    refresher.refreshAll();
    assertThat(aws.requests()).hasSize(2);
    clock.pass(Duration.ofMinutes(2));
    aws.answer(
        request ->
            new Reply(
                503,
                "<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors></Response>"));
    refresher.refreshAll();
    assertThat(quote(prices, node).map(Quote::amount)).contains(0.0801);
    assertThat(refresher.statuses().get(0).failures()).isEqualTo(1);
  }

  static List<Reply> spotFailures() {
    return List.of(
        new Reply(400, "<Response/>"),
        Reply.CUT,
        Reply.ok("not xml"),
        Reply.ok("<html></html>"),
        Reply.ok("<DescribeSpotPriceHistoryResponse/>"),
        Reply.ok(""));
  }

  @ParameterizedTest
  @MethodSource("spotFailures")
  void countsEveryKindOfBrokenSpotAnswer(Reply failure) {
    cluster = cluster(Nodes.spot("m5.xlarge", "eu-west-1b"));
    aws.answer(request -> failure);
    PriceRefresher refresher = refresher(spotPrices(CREDENTIALS));

    refresher.refreshAll();

    assertThat(refresher.statuses())
        .containsExactly(new RefreshStatus("aws-spot", Optional.empty(), 1));
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

  private OnlineSources sources() {
    return Settings.sources(aws.uri(), cache, () -> cluster, clock);
  }

  private PriceRefresher refresher(OnlinePrices prices) {
    return new PriceRefresher(List.of(prices), clock, () -> {});
  }

  /** The SDK's retries without their pauses. */
  private static RetryStrategy immediately() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .build();
  }

  private static Optional<Quote> quote(OnlinePrices prices, Node node) {
    return new AwsListPrices("aws", prices, Optional.empty()).node(node);
  }

  private static Quote quote(double price, String source) {
    return Quote.known(price, source, io.namespend.exporter.price.PriceBasis.LIST);
  }

  private static ClusterSnapshot cluster(Node... nodes) {
    return new ClusterSnapshot(List.of(nodes), List.of(), List.of());
  }

  private static Volume volume(String region) {
    return volume(region, Map.of("type", "gp3"));
  }

  private static Volume volume(String region, Map<String, String> parameters) {
    return new Volume(
        "pv-" + region,
        "vol-1",
        "ebs.csi.aws.com",
        "gp3",
        100,
        region,
        parameters,
        Optional.empty());
  }

  private static String filter(String field, String value) {
    return "{\"Type\":\"TERM_MATCH\",\"Field\":\"%s\",\"Value\":\"%s\"}".formatted(field, value);
  }

  /** GetProducts answers with documents in strings. */
  private static String products(String nextToken, String... products) {
    StringBuilder list = new StringBuilder();
    for (String product : products) {
      list.append(list.isEmpty() ? "" : ",")
          .append('"')
          .append(product.replace("\"", "\\\""))
          .append('"');
    }
    return "{\"FormatVersion\":\"aws_v1\",%s\"PriceList\":[%s]}"
        .formatted(nextToken.isEmpty() ? "" : "\"NextToken\":\"" + nextToken + "\",", list);
  }

  private static String instance(
      String type, String region, String usd, Map<String, String> otherAttributes) {
    Map<String, String> attributes =
        new java.util.TreeMap<>(
            Map.of(
                "instanceType", type,
                "regionCode", region,
                "operatingSystem", "Linux",
                "tenancy", "Shared",
                "capacitystatus", "Used",
                "preInstalledSw", "NA",
                "marketoption", "OnDemand",
                "usagetype", "EU-BoxUsage:" + type));
    attributes.putAll(otherAttributes);
    return document("Compute Instance", attributes, "Hrs", usd);
  }

  private static String product(
      String family, String usageType, String region, String unit, String usd) {
    return document(family, Map.of("usagetype", usageType, "regionCode", region), unit, usd);
  }

  private static String document(
      String family, Map<String, String> attributes, String unit, String usd) {
    StringBuilder list = new StringBuilder();
    attributes.forEach(
        (name, value) ->
            list.append(list.isEmpty() ? "" : ",").append("\"%s\":\"%s\"".formatted(name, value)));
    return ("{\"product\":{\"productFamily\":\"%s\",\"attributes\":{%s},\"sku\":\"S\"},"
            + "\"terms\":{\"OnDemand\":{\"S.T\":{\"priceDimensions\":{\"S.T.R\":{\"unit\":\"%s\","
            + "\"beginRange\":\"0\",\"endRange\":\"Inf\",\"pricePerUnit\":{\"USD\":\"%s\"}}}}},"
            + "\"Reserved\":{\"S.R\":{\"priceDimensions\":{\"S.R.R\":{\"unit\":\"Hrs\","
            + "\"beginRange\":\"0\",\"pricePerUnit\":{\"USD\":\"0.01\"}}}}}}}")
        .formatted(family, list, unit, usd);
  }

  private static String spot(String nextToken, String type, String zone, String price) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
      <requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>
      <spotPriceHistorySet>
        <item>
          <instanceType>%s</instanceType>
          <productDescription>Linux/UNIX</productDescription>
          <spotPrice>%s</spotPrice>
          <timestamp>2026-11-20T23:46:12.000Z</timestamp>
          <availabilityZone>%s</availabilityZone>
        </item>
      </spotPriceHistorySet>
      <nextToken>%s</nextToken>
    </DescribeSpotPriceHistoryResponse>
    """
        .formatted(type, price, zone, nextToken);
  }
}
