package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Workload;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The series of one namespace's requests.
 *
 * @param pods that they were made of, sorted by name
 * @param unpriced pods whose node is not known
 * @param ofWorkloads the series of each workload
 * @param published all series; those of pods are in the order of the pods
 */
record NamespaceRequests(
    List<Pod> pods,
    int unpriced,
    Map<Workload, WorkloadRequests> ofWorkloads,
    RequestSeries published) {
  static final NamespaceRequests NONE =
      new NamespaceRequests(List.of(), 0, Map.of(), RequestSeries.NONE);

  /**
   * @param before whose series are kept of what is as it was
   * @param repriced nodes whose rates are not as they were
   */
  @SuppressWarnings("ReferenceEquality")
  static NamespaceRequests of(
      List<Pod> pods,
      Map<String, ResourceRates> ratesOfNode,
      boolean podSeries,
      NamespaceRequests before,
      Set<String> repriced) {
    // In the order of their first pods, which depends on nothing but the cluster.
    Map<Workload, WorkloadRequests.Sum> sums = new LinkedHashMap<>();
    PodSeries ofPods = new PodSeries(before, repriced);
    Workload last = new Workload("", "", "");
    WorkloadRequests.Sum sumOfLast = new WorkloadRequests.Sum();
    int unpriced = 0;
    for (Pod pod : pods) {
      ResourceRates rates = ratesOfNode.get(pod.node());
      if (rates == null) {
        unpriced++;
        continue;
      }
      // Pods of a workload mostly stand together, and share it.
      if (pod.workload() != last) {
        last = pod.workload();
        sumOfLast = sums.computeIfAbsent(pod.workload(), each -> new WorkloadRequests.Sum());
      }
      sumOfLast.add(pod.request(), rates);
      if (podSeries) {
        ofPods.add(pod, rates);
      }
    }
    Map<Workload, WorkloadRequests> ofWorkloads = new LinkedHashMap<>();
    var cost = new SeriesRun.Cutter(RequestSeries.COST, before.published.cost());
    var requested = new SeriesRun.Cutter(RequestSeries.REQUESTED, before.published.requested());
    sums.forEach(
        (workload, sum) -> {
          WorkloadRequests series = sum.of(workload, before.ofWorkloads.get(workload));
          ofWorkloads.put(workload, series);
          cost.next(workload.hashCode());
          series.cost().forEach(cost::add);
          requested.next(workload.hashCode());
          series.requested().forEach(requested::add);
        });
    return new NamespaceRequests(
        pods,
        unpriced,
        ofWorkloads,
        new RequestSeries(
            ofPods.cost.runs(), ofPods.gpuCost.runs(), cost.runs(), requested.runs()));
  }

  /** The series of pods that are added in their order. */
  private static final class PodSeries {
    private final SeriesRun.Cutter cost;
    private final SeriesRun.Cutter gpuCost;
    private final List<Pod> podsBefore;
    private final List<GaugeDataPointSnapshot> costBefore = new ArrayList<>();

    /** By the labels of a pod's cost, which are those of its GPUs' too. */
    private final Map<Labels, GaugeDataPointSnapshot> gpuCostBefore = new IdentityHashMap<>();

    private final Set<String> repriced;
    private int next;

    PodSeries(NamespaceRequests before, Set<String> repriced) {
      cost = new SeriesRun.Cutter(RequestSeries.POD_COST, before.published.podCost());
      gpuCost = new SeriesRun.Cutter(RequestSeries.POD_GPU_COST, before.published.podGpuCost());
      before.published.podCost().forEach(run -> costBefore.addAll(run.series()));
      for (SeriesRun run : before.published.podGpuCost()) {
        run.series().forEach(series -> gpuCostBefore.put(series.getLabels(), series));
      }
      // Where a pod had no price, which is rare, one could not tell whose series is whose.
      podsBefore = costBefore.size() == before.pods.size() ? before.pods : List.of();
      this.repriced = repriced;
    }

    void add(Pod pod, ResourceRates rates) {
      GaugeDataPointSnapshot ofPod = costOf(pod, rates);
      cost.next(pod.name().hashCode());
      cost.add(ofPod);
      if (pod.request().gpus() > 0) {
        GaugeDataPointSnapshot known = gpuCostBefore.get(ofPod.getLabels());
        GaugeDataPointSnapshot ofGpus =
            known == null
                ? GaugeFamily.series(pod.request().gpus() * rates.gpu(), ofPod.getLabels())
                : known;
        gpuCost.next(pod.name().hashCode());
        gpuCost.add(ofGpus);
      }
    }

    /** The same series if the pod is as it was. */
    private GaugeDataPointSnapshot costOf(Pod pod, ResourceRates rates) {
      while (next < podsBefore.size()) {
        Pod known = podsBefore.get(next);
        if (known.equals(pod) && !repriced.contains(pod.node())) {
          return costBefore.get(next++);
        }
        if (known.name().compareTo(pod.name()) > 0) {
          break;
        }
        next++;
      }
      return GaugeFamily.series(rates.cost(pod.request()), RequestSeries.labels(pod));
    }
  }

  /**
   * Whether these pods have these series.
   *
   * @param repriced nodes whose rates changed
   */
  boolean isOf(List<Pod> others, Set<String> repriced) {
    return pods.equals(others)
        && (repriced.isEmpty() || pods.stream().noneMatch(pod -> repriced.contains(pod.node())));
  }

  /** The same series, of pods that are equal; so that nothing holds the older ones. */
  NamespaceRequests with(List<Pod> equal) {
    return new NamespaceRequests(equal, unpriced, ofWorkloads, published);
  }
}
