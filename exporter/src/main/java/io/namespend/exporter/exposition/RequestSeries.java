package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Workload;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Series of requests by family, each in the order in which it is published. */
record RequestSeries(
    List<GaugeDataPointSnapshot> podCost,
    List<GaugeDataPointSnapshot> podGpuCost,
    List<GaugeDataPointSnapshot> cost,
    List<GaugeDataPointSnapshot> requested) {
  static final RequestSeries NONE = new RequestSeries(List.of(), List.of(), List.of(), List.of());

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

  /** The metrics of all namespaces. */
  static List<MetricSnapshot> metrics(Collection<RequestSeries> all) {
    return List.of(
        metric(
            "namespend_pod_request_hourly_cost",
            "[STABLE] Price of the pod's effective request on its node for one hour, all"
                + " resources; also says which workload and node the pod belongs to.",
            POD,
            all,
            RequestSeries::podCost),
        metric(
            "namespend_pod_gpu_request_hourly_cost",
            "[STABLE] The part of namespend_pod_request_hourly_cost that GPUs are; only of pods"
                + " with GPUs.",
            POD,
            all,
            RequestSeries::podGpuCost),
        metric(
            "namespend_workload_request_hourly_cost",
            "[STABLE] Price of what the workload's pods request, each on its own node, for one"
                + " hour.",
            WORKLOAD,
            all,
            RequestSeries::cost),
        metric(
            "namespend_workload_requested",
            "[STABLE] Effective requests of the workload's pods as the scheduler counts them:"
                + " cores, bytes, GPUs.",
            WORKLOAD,
            all,
            RequestSeries::requested));
  }

  private static MetricSnapshot metric(
      String name,
      String help,
      String[] labels,
      Collection<RequestSeries> all,
      Function<RequestSeries, List<GaugeDataPointSnapshot>> family) {
    GaugeFamily metric = new GaugeFamily(name, help, labels);
    all.forEach(each -> metric.addAll(family.apply(each)));
    return metric.snapshot();
  }
}
