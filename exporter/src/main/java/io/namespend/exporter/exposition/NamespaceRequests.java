package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Workload;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The series of one namespace's requests.
 *
 * @param pods that they were made of, sorted by name
 * @param unpriced pods whose node is not known
 * @param ofPods the cost of each pod that has one, in the order of the pods; empty without series
 *     of pods
 * @param ofWorkloads the series of each workload
 * @param published all series in the order in which they are published
 */
record NamespaceRequests(
    List<Pod> pods,
    int unpriced,
    List<GaugeDataPointSnapshot> ofPods,
    Map<Workload, WorkloadRequests> ofWorkloads,
    RequestSeries published) {
  static final NamespaceRequests NONE =
      new NamespaceRequests(List.of(), 0, List.of(), Map.of(), RequestSeries.NONE);

  /**
   * @param before whose series are kept of what is as it was
   * @param repriced nodes whose rates are not as they were
   */
  static NamespaceRequests of(
      List<Pod> pods,
      Map<String, ResourceRates> ratesOfNode,
      boolean podSeries,
      NamespaceRequests before,
      Set<String> repriced) {
    Map<Workload, WorkloadRequests.Sum> sums = new HashMap<>();
    List<GaugeDataPointSnapshot> ofPods = new ArrayList<>();
    SeriesChange podGpuCost = new SeriesChange();
    KnownPods known = new KnownPods(before, repriced);
    Optional<Workload> last = Optional.empty();
    WorkloadRequests.Sum sumOfLast = new WorkloadRequests.Sum();
    int unpriced = 0;
    for (Pod pod : pods) {
      ResourceRates rates = ratesOfNode.get(pod.node());
      if (rates == null) {
        unpriced++;
        continue;
      }
      // Pods of a workload mostly stand together.
      if (last.isEmpty() || !last.get().equals(pod.workload())) {
        last = Optional.of(pod.workload());
        sumOfLast = sums.computeIfAbsent(pod.workload(), each -> new WorkloadRequests.Sum());
      }
      sumOfLast.add(pod.request(), rates);
      if (podSeries) {
        GaugeDataPointSnapshot podCost = known.of(pod, rates);
        ofPods.add(podCost);
        if (pod.request().gpus() > 0) {
          podGpuCost.add(
              GaugeFamily.series(pod.request().gpus() * rates.gpu(), podCost.getLabels()));
        }
      }
    }
    Map<Workload, WorkloadRequests> ofWorkloads = new HashMap<>();
    sums.forEach(
        (workload, sum) ->
            ofWorkloads.put(workload, sum.of(workload, before.ofWorkloads.get(workload))));
    SeriesChange cost = new SeriesChange();
    SeriesChange requested = new SeriesChange();
    WorkloadRequests.compare(before.ofWorkloads, ofWorkloads, cost, requested);
    return new NamespaceRequests(
        pods,
        unpriced,
        List.copyOf(ofPods),
        ofWorkloads,
        new RequestSeries(
            known.change().of(before.published.podCost()),
            podGpuCost.of(List.of()),
            cost.of(before.published.cost()),
            requested.of(before.published.requested())));
  }

  /** The series of pods that are asked for in their order. */
  private static final class KnownPods {
    private final List<Pod> pods;
    private final List<GaugeDataPointSnapshot> series;
    private final Set<String> repriced;
    private final SeriesChange change = new SeriesChange();
    private int next;

    KnownPods(NamespaceRequests before, Set<String> repriced) {
      // Where a pod had no price, which is rare, one could not tell whose series is whose.
      boolean isComplete = before.ofPods.size() == before.pods.size();
      this.pods = isComplete ? before.pods : List.of();
      this.series = isComplete ? before.ofPods : List.of();
      this.repriced = repriced;
      if (!isComplete) {
        before.ofPods.forEach(change::remove);
      }
    }

    /** The same series if the pod is as it was. */
    GaugeDataPointSnapshot of(Pod pod, ResourceRates rates) {
      while (next < pods.size()) {
        if (pods.get(next).equals(pod) && !repriced.contains(pod.node())) {
          return series.get(next++);
        }
        if (pods.get(next).name().compareTo(pod.name()) > 0) {
          break;
        }
        change.remove(series.get(next++));
      }
      GaugeDataPointSnapshot added =
          GaugeFamily.series(rates.cost(pod.request()), RequestSeries.labels(pod));
      change.add(added);
      return added;
    }

    /** What is other than before, when all pods were asked for. */
    SeriesChange change() {
      series.subList(next, series.size()).forEach(change::remove);
      next = series.size();
      return change;
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
    return new NamespaceRequests(equal, unpriced, ofPods, ofWorkloads, published);
  }
}
