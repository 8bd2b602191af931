package io.namespend.exporter.price.online;

import static io.namespend.exporter.price.online.AwsDocuments.instance;
import static io.namespend.exporter.price.online.AwsDocuments.product;
import static io.namespend.exporter.price.online.AwsDocuments.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import io.namespend.exporter.price.refresh.PriceRefresher;
import java.io.IOException;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

class AwsQuestionsTest {
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
    assertThat(prices.price(AwsListPrices.EXTENDED_SUPPORT, "eu-west-1")).hasValue(0.5);
  }

  private OnlinePrices prices(AwsCredentialsProvider credentials) {
    return sources().aws(http, credentials, immediately());
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
}
