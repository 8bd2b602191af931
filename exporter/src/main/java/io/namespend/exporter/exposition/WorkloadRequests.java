package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The series of one workload's requests.
 *
 * @param cost by resource: CPU, memory, and GPUs if there are any
 * @param requested likewise
 */
record WorkloadRequests(List<GaugeDataPointSnapshot> cost, List<GaugeDataPointSnapshot> requested) {

  private void add(Labels labels, double hourly, double amount) {
    cost.add(GaugeFamily.series(hourly, labels));
    requested.add(GaugeFamily.series(amount, labels));
  }

  /** Adds up the pods of a workload. */
  static final class Sum {
    private double cpuCores;
    private double memoryBytes;
    private double gpus;
    private double cpuCost;
    private double memoryCost;
    private double gpuCost;

    void add(Resources request, ResourceRates rates) {
      cpuCores += request.cpuCores();
      memoryBytes += request.memoryBytes();
      gpus += request.gpus();
      cpuCost += request.cpuCores() * rates.cpu();
      memoryCost += request.memoryGib() * rates.memory();
      gpuCost += request.gpus() * rates.gpu();
    }

    /**
     * @param before null if it is new
     */
    WorkloadRequests of(Workload workload, @Nullable WorkloadRequests before) {
      if (before != null
          && isOf(before.cost, cpuCost, memoryCost, gpuCost)
          && isOf(before.requested, cpuCores, memoryBytes, gpus)) {
        return before;
      }
      WorkloadRequests series = new WorkloadRequests(new ArrayList<>(3), new ArrayList<>(3));
      series.add(RequestSeries.labels(workload, "cpu"), cpuCost, cpuCores);
      series.add(RequestSeries.labels(workload, "memory"), memoryCost, memoryBytes);
      if (gpus > 0) {
        series.add(RequestSeries.labels(workload, "gpu"), gpuCost, gpus);
      }
      return series;
    }

    private boolean isOf(
        List<GaugeDataPointSnapshot> series, double cpu, double memory, double gpu) {
      return series.size() == (gpus > 0 ? 3 : 2)
          && series.get(0).getValue() == cpu
          && series.get(1).getValue() == memory
          && (gpus == 0 || series.get(2).getValue() == gpu);
    }
  }
}
