package io.namespend.exporter.price.online;

import static io.namespend.exporter.price.online.AwsDocuments.spot;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.online.StandIn.Reply;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.exporter.price.refresh.RefreshStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AwsSpotSourceTest extends AwsPricesTest {

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
    OnlinePrices prices = spotPrices();
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

  @Test
  void asksForTheProductThatTheNodeRuns() {
    cluster =
        ClusterYaml.snapshot(
            """
            apiVersion: v1
            kind: Node
            metadata:
              name: win-1
              labels:
                karpenter.sh/capacity-type: spot
                kubernetes.io/os: windows
                node.kubernetes.io/instance-type: m5.xlarge
                topology.kubernetes.io/region: eu-west-1
                topology.kubernetes.io/zone: eu-west-1b
            spec: {providerID: aws:///eu-west-1b/i-0a}
            status: {capacity: {cpu: '4', memory: 16Gi}}
            """);
    Node node = cluster.nodes().get(0);
    aws.answer(request -> Reply.ok(spot("", "m5.xlarge", "eu-west-1b", "0.2641")));
    OnlinePrices prices = spotPrices();

    refresher(prices).refreshAll();

    assertThat(aws.requests()).singleElement().asString().contains("ProductDescription.1=Windows");
    assertThat(quote(prices, node).map(Quote::amount)).contains(0.2641);
    assertThat(quote(prices, node).orElseThrow().estimated()).isFalse();
    assertThat(prices.price("spot/m5.xlarge", "eu-west-1b")).isEmpty();
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
    PriceRefresher refresher = refresher(spotPrices());

    refresher.refreshAll();

    assertThat(refresher.statuses())
        .containsExactly(new RefreshStatus("aws-spot", Optional.empty(), 1, true));
  }

  private OnlinePrices spotPrices() {
    return Settings.sources(aws.uri(), cache, () -> cluster, clock).awsSpot(http, CREDENTIALS);
  }
}
