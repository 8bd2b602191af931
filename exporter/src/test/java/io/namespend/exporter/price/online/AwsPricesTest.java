package io.namespend.exporter.price.online;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.refresh.PriceRefresher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** A stand-in for AWS, a clock that a test moves, and a cluster whose prices are asked for. */
abstract class AwsPricesTest {
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));

  @TempDir Path cache;
  final SdkHttpClient http = UrlConnectionHttpClient.create();
  final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T00:00:00Z"));
  ClusterSnapshot cluster = ClusterSnapshot.EMPTY;
  StandIn aws;

  @BeforeEach
  void start() throws IOException {
    aws = new StandIn();
  }

  @AfterEach
  void stop() {
    aws.close();
    http.close();
  }

  final OnlineSources sources() {
    return Settings.sources(aws.uri(), cache, () -> cluster, clock);
  }

  final PriceRefresher refresher(OnlinePrices prices) {
    return new PriceRefresher(List.of(prices), clock, () -> {});
  }

  /** The SDK's retries without their pauses. */
  static RetryStrategy immediately() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .build();
  }

  static Optional<Quote> quote(OnlinePrices prices, Node node) {
    return new AwsListPrices("aws", prices, Optional.empty()).node(node);
  }

  static Quote quote(double price, String source) {
    return Quote.known(price, source, PriceBasis.LIST);
  }

  static ClusterSnapshot cluster(Node... nodes) {
    return new ClusterSnapshot(List.of(nodes), List.of(), List.of());
  }
}
