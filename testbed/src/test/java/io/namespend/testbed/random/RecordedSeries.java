package io.namespend.testbed.random;

import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Pool;
import io.namespend.testbed.model.Scenario.Traffic;
import java.util.ArrayList;
import java.util.List;

/** What the optional rules of drivers and network meters would have recorded. */
final class RecordedSeries {
  private RecordedSeries() {}

  static List<FedSeries> of(Scenario scenario) {
    List<FedSeries> series = new ArrayList<>();
    for (Pool pool : scenario.pools()) {
      pool.driver()
          .forEach(
              (namespace, share) -> {
                List<String> labels = List.of("pool", pool.name(), "namespace", namespace);
                series.add(
                    FedSeries.gauge(SeriesText.of("pool_driver:share:ratio", labels), share));
              });
    }
    for (Traffic traffic : scenario.network()) {
      List<String> labels = List.of("namespace", traffic.namespace(), "kind", traffic.kind());
      series.add(
          FedSeries.gauge(
              SeriesText.of("namespace_kind:network_cost_hourly:sum", labels), traffic.cost()));
    }
    return series;
  }
}
