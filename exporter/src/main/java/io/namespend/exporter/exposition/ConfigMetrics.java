package io.namespend.exporter.exposition;

import io.namespend.exporter.policy.file.ReloadStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Supplier;

/** Whether the policy file is in force as it is. */
public final class ConfigMetrics implements MultiCollector {
  private final Supplier<ReloadStatus> status;

  public ConfigMetrics(Supplier<ReloadStatus> status) {
    this.status = status;
  }

  @Override
  public MetricSnapshots collect() {
    ReloadStatus now = status.get();
    var success =
        new GaugeFamily(
            "namespend_config_reload_success_timestamp_seconds",
            "[STABLE] When the policy in force was read; the start, without a policy file.");
    success.add(now.lastSuccess().toEpochMilli() / 1000.0);
    var successful =
        new GaugeFamily(
            "namespend_config_last_reload_successful",
            "[STABLE] 1 if the policy file was valid when last read, otherwise 0: then the previous"
                + " policy stays in force.");
    successful.add(now.lastSuccessful() ? 1 : 0);
    CounterSnapshot failures =
        CounterSnapshot.builder()
            .name("namespend_config_reload_failures")
            .help("[STABLE] Times that the policy file was read and was invalid.")
            .dataPoint(CounterDataPointSnapshot.builder().value((double) now.failures()).build())
            .build();
    return MetricSnapshots.of(success.snapshot(), successful.snapshot(), failures);
  }
}
