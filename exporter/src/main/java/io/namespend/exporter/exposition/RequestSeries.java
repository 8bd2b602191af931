package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Series of requests by family. */
record RequestSeries(
    List<SeriesRun> podCost,
    List<SeriesRun> podGpuCost,
    List<SeriesRun> cost,
    List<SeriesRun> requested) {
  static final RequestSeries NONE = new RequestSeries(List.of(), List.of(), List.of(), List.of());

  static final MetricMetadata POD_COST =
      new MetricMetadata(
          "namespend_pod_request_hourly_cost",
          "[STABLE] Price of the pod's effective request on its node for one hour, all resources;"
              + " also says which workload and node the pod belongs to.");

  static final MetricMetadata POD_GPU_COST =
      new MetricMetadata(
          "namespend_pod_gpu_request_hourly_cost",
          "[STABLE] The part of namespend_pod_request_hourly_cost that GPUs are; only of pods with"
              + " GPUs.");

  static final MetricMetadata COST =
      new MetricMetadata(
          "namespend_workload_request_hourly_cost",
          "[STABLE] Price of what the workload's pods request, each on its own node, for one"
              + " hour.");

  static final MetricMetadata REQUESTED =
      new MetricMetadata(
          "namespend_workload_requested",
          "[STABLE] Effective requests of the workload's pods as the scheduler counts them: cores,"
              + " bytes, GPUs.");

  private static final String[] POD = {"namespace", "pod", "node", "workload_type", "workload"};
  private static final String[] WORKLOAD = {"namespace", "workload_type", "workload", "resource"};

  static Labels labels(Pod pod) {
    Workload workload = pod.workload();
    return Labels.of(
        POD,
        new String[] {pod.namespace(), pod.name(), pod.node(), workload.type(), workload.name()});
  }

  static Labels labels(Workload workload, String resource) {
    return Labels.of(
        WORKLOAD, new String[] {workload.namespace(), workload.type(), workload.name(), resource});
  }

  /** The metrics of all namespaces: several of each family, which the library puts together. */
  static List<MetricSnapshot> metrics(Collection<RequestSeries> all) {
    List<MetricSnapshot> metrics = new ArrayList<>();
    addTo(metrics, all, RequestSeries::podCost);
    addTo(metrics, all, RequestSeries::podGpuCost);
    addTo(metrics, all, RequestSeries::cost);
    addTo(metrics, all, RequestSeries::requested);
    return metrics;
  }

  private static void addTo(
      List<MetricSnapshot> metrics,
      Collection<RequestSeries> all,
      Function<RequestSeries, List<SeriesRun>> family) {
    for (RequestSeries series : all) {
      family.apply(series).forEach(run -> metrics.add(run.metric()));
    }
  }
}
