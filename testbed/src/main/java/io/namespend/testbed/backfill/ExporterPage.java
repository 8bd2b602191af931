package io.namespend.testbed.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.namespend.exporter.cluster.ClusterRecords;
import io.namespend.exporter.exposition.ClusterMetrics;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.kubernetes.ClusterObjects;
import io.namespend.testbed.simulation.SimulatedCluster;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the exporter would have served in the past: its own code, on the objects of that second. */
final class ExporterPage {
  /** As in the scrape configuration of the demo; the exporter's own labels win. */
  private static final Map<String, String> TARGET_LABELS =
      Map.of("job", "namespend-exporter", "instance", "namespend-exporter");

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final ClusterMetrics metrics;

  ExporterPage() {
    BuiltinPrices builtin = new BuiltinPrices();
    NodeCapacity capacity = new NodeCapacity(builtin::resources);
    PriceChain chain = new PriceChain(List.of(builtin), List.of(), capacity);
    NodePricer nodes = new NodePricer(chain, capacity, RateSplit.OPENCOST);
    metrics = new ClusterMetrics(new ClusterPricer(chain, nodes), Policy::defaults, true);
  }

  /** Values by series. */
  Map<String, Double> at(SimulatedCluster cluster, long second) {
    ClusterRecords records =
        new ClusterRecords(
            Set.copyOf(Policy.defaults().nodeGroups().labels()),
            Policy.defaults().ownership().labelNames());
    ClusterObjects.at(cluster, second)
        .forEach(object -> records.add(JSON.convertValue(object, JsonNode.class)));
    Map<String, Double> page = new HashMap<>();
    for (MetricSnapshot family : metrics.of(records.snapshot(), Instant.ofEpochSecond(second))) {
      String suffix = family instanceof InfoSnapshot ? "_info" : "";
      for (DataPointSnapshot point : family.getDataPoints()) {
        double value = point instanceof GaugeDataPointSnapshot gauge ? gauge.getValue() : 1;
        page.put(series(family.getMetadata().getPrometheusName() + suffix, point), value);
      }
    }
    return page;
  }

  private static String series(String name, DataPointSnapshot point) {
    List<String> labels = new ArrayList<>();
    point.getLabels().forEach(label -> labels.addAll(List.of(label.getName(), label.getValue())));
    TARGET_LABELS.forEach(
        (label, value) -> {
          if (!point.getLabels().contains(label)) {
            labels.addAll(List.of(label, value));
          }
        });
    return SeriesText.of(name, labels);
  }
}
