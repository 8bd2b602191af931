package io.namespend.exporter.exposition;

import io.namespend.exporter.health.LoopState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Supplier;

/** Whether what runs in the background still comes round. */
public final class LoopMetrics implements MultiCollector {
  private final Supplier<List<LoopState>> loops;

  public LoopMetrics(Supplier<List<LoopState>> loops) {
    this.loops = loops;
  }

  @Override
  public MetricSnapshots collect() {
    var stalled =
        new GaugeFamily(
            "namespend_loop_stalled",
            "[STABLE] 1 if this loop of the exporter is stalled, which fails its liveness probe;"
                + " otherwise 0.",
            "loop");
    loops.get().forEach(loop -> stalled.add(loop.isStalled() ? 1 : 0, loop.name()));
    return MetricSnapshots.of(stalled.snapshot());
  }
}
