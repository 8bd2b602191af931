package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.RateSplit;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Metrics of a cluster whose prices a test names, as Prometheus reads them. */
final class Exposition {
  private Exposition() {}

  /**
   * @param hourlyPrices of instance types; others get the fallback
   */
  static ClusterMetrics metrics(Map<String, Double> hourlyPrices, boolean podSeries) {
    return metrics(hourlyPrices, podSeries, Policy.defaults());
  }

  /**
   * @param hourlyPrices of instance types; others get the fallback
   */
  static ClusterMetrics metrics(
      Map<String, Double> hourlyPrices, boolean podSeries, Policy policy) {
    NodeCapacity capacity = new NodeCapacity(type -> Optional.empty());
    PriceChain chain = new PriceChain(List.of(new ByHand(hourlyPrices)), List.of(), capacity);
    return new ClusterMetrics(
        new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST)),
        () -> policy,
        podSeries);
  }

  /** The whole text, with HELP and TYPE. */
  static String text(MetricSnapshots metrics) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The lines of families whose names begin with one of these, comments included. */
  static String families(MetricSnapshots metrics, String... beginnings) {
    String pattern = "(# (HELP|TYPE) )?(" + String.join("|", beginnings) + ").*";
    return text(metrics)
        .lines()
        .filter(line -> line.matches(pattern))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private record ByHand(Map<String, Double> hourlyPrices) implements PriceSource {
    @Override
    public String name() {
      return "by-hand";
    }

    @Override
    public Optional<Quote> node(Node node) {
      return Optional.ofNullable(hourlyPrices.get(node.instanceType()))
          .map(price -> Quote.known(price, name(), PriceBasis.AGREED));
    }
  }
}
