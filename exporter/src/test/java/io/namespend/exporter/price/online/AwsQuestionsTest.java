package io.namespend.exporter.price.online;

import static io.namespend.exporter.price.online.AwsDocuments.instance;
import static io.namespend.exporter.price.online.AwsDocuments.product;
import static io.namespend.exporter.price.online.AwsDocuments.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.online.StandIn.Reply;
import io.namespend.exporter.price.refresh.PriceRefresher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

class AwsQuestionsTest extends AwsPricesTest {
  private static final Node NODE = Nodes.aws("m5.xlarge", "eu-west-1");

  @BeforeEach
  void haveANode() {
    cluster = cluster(NODE);
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
