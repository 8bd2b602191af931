package io.namespend.testbed.random;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.namespend.exporter.cluster.ClusterRecords;
import io.namespend.exporter.exposition.ClusterMetrics;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.policy.pool.Per;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Sharing;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.file.SheetPrices;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.testbed.model.Scenario;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the exporter says of a scenario: its own code, from Kubernetes objects to text. */
final class ExporterSeries {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final BuiltinPrices builtin = new BuiltinPrices();
  private final Path sheet;

  /**
   * @param folder for the price sheet
   */
  ExporterSeries(Path folder) {
    this.sheet = folder.resolve("prices.csv");
  }

  /** All series; the policy's come from {@link PolicySeries} instead. */
  List<FedSeries> of(Scenario scenario) {
    ScenarioObjects objects = new ScenarioObjects(scenario);
    ClusterRecords records = new ClusterRecords(Set.of(ScenarioObjects.GROUP_LABEL), Set.of());
    objects.list().forEach(object -> records.add(JSON.convertValue(object, JsonNode.class)));
    MetricSnapshots metrics =
        new ClusterMetrics(pricer(objects.priceSheet()), () -> policy(scenario), true)
            .of(records.snapshot(), Instant.EPOCH);
    Stream<FedSeries> ofCluster =
        of(metrics).stream()
            .filter(
                series ->
                    PolicySeries.METRICS.stream()
                        .noneMatch(
                            metric ->
                                series.text().startsWith(metric)
                                    || series
                                        .text()
                                        .startsWith("namespend_published_sum{family=\"" + metric)));
    return Stream.concat(ofCluster, PolicySeries.of(scenario).stream()).toList();
  }

  /** As Prometheus reads them. */
  static List<FedSeries> of(MetricSnapshots metrics) {
    return text(metrics)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(ExporterSeries::parse)
        .toList();
  }

  /** Only over what pools are split; the rest is of {@link PolicySeries}. */
  private static Policy policy(Scenario scenario) {
    Policy defaults = Policy.defaults();
    return new Policy(
        defaults.currency(),
        defaults.ownership(),
        defaults.allocation(),
        defaults.nodeGroups(),
        scenario.pools().stream()
            .filter(pool -> pool.per() != Scenario.Per.CLUSTER)
            .map(
                pool ->
                    new Pool(
                        pool.name(),
                        NamespaceGlobs.NONE,
                        Sharing.usual(),
                        Per.valueOf(pool.per().name())))
            .toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        defaults.annotations(),
        defaults.customers(),
        defaults.units());
  }

  ClusterPricer pricer(List<String> prices) {
    try {
      Files.write(sheet, prices);
      SheetPrices sheetPrices = new SheetPrices(sheet, "USD");
      sheetPrices.refresh(Instant.EPOCH);
      NodeCapacity capacity = new NodeCapacity(builtin::resources);
      PriceChain chain = new PriceChain(List.of(sheetPrices, builtin), List.of(), capacity);
      return new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(MetricSnapshots metrics) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(page, metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toString(StandardCharsets.UTF_8);
  }

  private static FedSeries parse(String line) {
    int space = line.lastIndexOf(' ');
    return FedSeries.gauge(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
  }
}
