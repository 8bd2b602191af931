package io.namespend.exporter.web;

import io.namespend.exporter.web.config.WebConfigFile;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the web server is. */
final class WebMetrics implements MultiCollector {
  private final MetricsPage metrics;
  private final Optional<WebConfigFile> config;

  WebMetrics(MetricsPage metrics, Optional<WebConfigFile> config) {
    this.metrics = metrics;
    this.config = config;
  }

  @Override
  public MetricSnapshots collect() {
    List<MetricSnapshot> families = new ArrayList<>();
    families.add(
        counter(
            "namespend_web_scrapes_refused",
            "[STABLE] Scrapes that were refused because too many others were being served.",
            metrics.refused()));
    families.add(
        counter(
            "namespend_web_slow_clients_cut",
            "[STABLE] Scrapes that were cut off because the client did not take them in time.",
            metrics.cut()));
    config.ifPresent(
        file -> {
          families.add(
              counter(
                  "namespend_web_config_reload_failures",
                  "[STABLE] Changes of the web configuration that could not be taken over; the last"
                      + " good one stays.",
                  file.failures()));
          families.add(
              GaugeSnapshot.builder()
                  .name("namespend_web_config_last_reload_successful")
                  .help("[STABLE] 1 if the web configuration in use is what its files say, else 0.")
                  .dataPoint(
                      GaugeDataPointSnapshot.builder().value(file.lastSuccessful() ? 1 : 0).build())
                  .build());
        });
    return new MetricSnapshots(families);
  }

  private static CounterSnapshot counter(String name, String help, long value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value((double) value).build())
        .build();
  }
}
