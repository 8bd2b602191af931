package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Resources;
import io.namespend.exporter.cluster.Workload;
import io.namespend.exporter.price.PricedNode;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the requests of workloads and pods cost on the nodes they run on. */
final class RequestMetrics {
  private static final Comparator<Workload> BY_NAME =
      Comparator.comparing(Workload::namespace)
          .thenComparing(Workload::type)
          .thenComparing(Workload::name);

  private RequestMetrics() {}

  static List<MetricSnapshot> of(
      ClusterSnapshot cluster, List<PricedNode> nodes, boolean podSeries) {
    Map<String, ResourceRates> ratesOfNode =
        nodes.stream().collect(Collectors.toMap(node -> node.node().name(), PricedNode::rates));
    var podCost =
        new GaugeFamily(
            "namespend_pod_request_hourly_cost",
            "[STABLE] Price of the pod's effective request on its node for one hour, all"
                + " resources; also says which workload and node the pod belongs to.",
            "namespace",
            "pod",
            "node",
            "workload_type",
            "workload");
    var podGpuCost =
        new GaugeFamily(
            "namespend_pod_gpu_request_hourly_cost",
            "[STABLE] The part of namespend_pod_request_hourly_cost that GPUs are; only of pods"
                + " with GPUs.",
            "namespace",
            "pod",
            "node",
            "workload_type",
            "workload");
    Map<Workload, Totals> totals = new TreeMap<>(BY_NAME);
    int unpriced = 0;
    for (Pod pod : cluster.pods()) {
      ResourceRates rates = ratesOfNode.get(pod.node());
      if (rates == null) {
        unpriced++;
        continue;
      }
      Workload workload = pod.workload();
      totals.computeIfAbsent(workload, key -> new Totals()).add(pod.request(), rates);
      if (podSeries) {
        String[] labels = {
          pod.namespace(), pod.name(), pod.node(), workload.type(), workload.name()
        };
        podCost.add(rates.cost(pod.request()), labels);
        if (pod.request().gpus() > 0) {
          podGpuCost.add(pod.request().gpus() * rates.gpu(), labels);
        }
      }
    }
    var unpricedPods =
        new GaugeFamily(
            "namespend_unpriced_resources",
            "[STABLE] Objects without a cost: pods whose node is not known.",
            "kind");
    unpricedPods.add(unpriced, "pod");
    return List.of(
        podCost.snapshot(),
        podGpuCost.snapshot(),
        perResource(
            "namespend_workload_request_hourly_cost",
            "[STABLE] Price of what the workload's pods request, each on its own node, for one"
                + " hour.",
            totals,
            total -> total.cost),
        perResource(
            "namespend_workload_requested",
            "[STABLE] Effective requests of the workload's pods as the scheduler counts them:"
                + " cores, bytes, GPUs.",
            totals,
            total ->
                new double[] {
                  total.requested.cpuCores(), total.requested.memoryBytes(), total.requested.gpus()
                }),
        unpricedPods.snapshot());
  }

  private static MetricSnapshot perResource(
      String name,
      String help,
      Map<Workload, Totals> totals,
      Function<Totals, double[]> cpuMemoryGpu) {
    var family = new GaugeFamily(name, help, "namespace", "workload_type", "workload", "resource");
    totals.forEach(
        (workload, total) -> {
          double[] values = cpuMemoryGpu.apply(total);
          String[] resources = {"cpu", "memory", "gpu"};
          for (int i = 0; i < resources.length; i++) {
            if (i < 2 || total.requested.gpus() > 0) {
              family.add(
                  values[i], workload.namespace(), workload.type(), workload.name(), resources[i]);
            }
          }
        });
    return family.snapshot();
  }

  /** Sums over the pods of a workload; cost by resource: cpu, memory, gpu. */
  private static final class Totals {
    private Resources requested = Resources.NONE;
    private final double[] cost = new double[3];

    void add(Resources request, ResourceRates rates) {
      requested = requested.plus(request);
      cost[0] += request.cpuCores() * rates.cpu();
      cost[1] += request.memoryGib() * rates.memory();
      cost[2] += request.gpus() * rates.gpu();
    }
  }
}
