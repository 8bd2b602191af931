package io.namespend.exporter.exposition;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.HashSet;
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
 * @param ofWorkloads the series of each workload, in the order of their first pods
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
  static NamespaceRequests of(
      List<Pod> pods,
      Map<String, ResourceRates> ratesOfNode,
      boolean podSeries,
      NamespaceRequests before,
      Set<String> repriced) {
    // Where a pod had no price, which is rare, one could not tell whose series is whose.
    NamespaceRequests known = before.unpriced == 0 ? before : NONE;
    SamePods same = new SamePods(known.pods, repriced);
    PodSeries ofPods = new PodSeries(known.published);
    int unpriced = 0;
    for (Pod pod : pods) {
      int place = same.placeOf(pod);
      if (place >= 0) {
        if (podSeries) {
          ofPods.keep(pod, place);
        }
        continue;
      }
      ResourceRates rates = ratesOfNode.get(pod.node());
      if (rates == null) {
        unpriced++;
      } else if (podSeries) {
        ofPods.add(pod, rates);
      }
    }
    Map<Workload, WorkloadRequests> ofWorkloads =
        ofWorkloads(pods, ratesOfNode, known.ofWorkloads, same.changed());
    var cost = new SeriesRun.Cutter(RequestSeries.COST, known.published.cost());
    var requested = new SeriesRun.Cutter(RequestSeries.REQUESTED, known.published.requested());
    ofWorkloads.forEach(
        (workload, series) -> {
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

  /**
   * @param changed workloads whose pods or their prices are not as they were
   */
  @SuppressWarnings("ReferenceEquality")
  private static Map<Workload, WorkloadRequests> ofWorkloads(
      List<Pod> pods,
      Map<String, ResourceRates> ratesOfNode,
      Map<Workload, WorkloadRequests> before,
      Set<Workload> changed) {
    Map<Workload, WorkloadRequests.Sum> sums = new LinkedHashMap<>();
    Workload last = new Workload("", "", "");
    boolean isChanged = false;
    for (Pod pod : pods) {
      // Pods of a workload mostly stand together, and share it.
      if (pod.workload() != last) {
        last = pod.workload();
        isChanged = changed.contains(last);
        if (!isChanged) {
          // Only for its place among the others.
          sums.computeIfAbsent(last, each -> new WorkloadRequests.Sum());
        }
      }
      ResourceRates rates = isChanged ? ratesOfNode.get(pod.node()) : null;
      if (rates != null) {
        sums.computeIfAbsent(last, each -> new WorkloadRequests.Sum()).add(pod.request(), rates);
      }
    }
    Map<Workload, WorkloadRequests> ofWorkloads = new LinkedHashMap<>();
    sums.forEach(
        (workload, sum) -> {
          WorkloadRequests known = before.get(workload);
          ofWorkloads.put(
              workload,
              known != null && !changed.contains(workload) ? known : sum.of(workload, known));
        });
    return ofWorkloads;
  }

  /** Finds pods that are as they were, if asked for all in their order. */
  private static final class SamePods {
    private final List<Pod> before;
    private final Set<String> repriced;
    private final Set<Workload> changed = new HashSet<>();
    private int next;

    SamePods(List<Pod> before, Set<String> repriced) {
      this.before = before;
      this.repriced = repriced;
    }

    /** Where the pod was; negative if it is new or does not cost what it did. */
    int placeOf(Pod pod) {
      while (next < before.size()) {
        Pod known = before.get(next);
        if (known.equals(pod) && !repriced.contains(pod.node())) {
          return next++;
        }
        if (known.name().compareTo(pod.name()) > 0) {
          break;
        }
        changed.add(known.workload());
        next++;
      }
      changed.add(pod.workload());
      return -1;
    }

    /** Workloads of pods that came, went, or cost something else, when all were asked for. */
    Set<Workload> changed() {
      for (; next < before.size(); next++) {
        changed.add(before.get(next).workload());
      }
      return changed;
    }
  }

  /** The series of pods, which are added in their order. */
  private static final class PodSeries {
    private final SeriesRun.Cutter cost;
    private final SeriesRun.Cutter gpuCost;
    private final List<GaugeDataPointSnapshot> costBefore = new ArrayList<>();

    /** By the labels of a pod's cost, which are those of its GPUs' too. */
    private final IdentityHashMap<Labels, GaugeDataPointSnapshot> gpuCostBefore =
        new IdentityHashMap<>();

    PodSeries(RequestSeries before) {
      cost = new SeriesRun.Cutter(RequestSeries.POD_COST, before.podCost());
      gpuCost = new SeriesRun.Cutter(RequestSeries.POD_GPU_COST, before.podGpuCost());
      before.podCost().forEach(run -> costBefore.addAll(run.series()));
      for (SeriesRun run : before.podGpuCost()) {
        run.series().forEach(series -> gpuCostBefore.put(series.getLabels(), series));
      }
    }

    void add(Pod pod, ResourceRates rates) {
      Labels labels = RequestSeries.labels(pod);
      add(pod, GaugeFamily.series(rates.cost(pod.request()), labels));
      if (pod.request().gpus() > 0) {
        addGpus(pod, GaugeFamily.series(pod.request().gpus() * rates.gpu(), labels));
      }
    }

    /** Adds the series that the pod had at this place. */
    void keep(Pod pod, int place) {
      GaugeDataPointSnapshot ofPod = costBefore.get(place);
      add(pod, ofPod);
      if (pod.request().gpus() > 0) {
        addGpus(pod, requireNonNull(gpuCostBefore.get(ofPod.getLabels())));
      }
    }

    private void add(Pod pod, GaugeDataPointSnapshot series) {
      cost.next(pod.name().hashCode());
      cost.add(series);
    }

    private void addGpus(Pod pod, GaugeDataPointSnapshot series) {
      gpuCost.next(pod.name().hashCode());
      gpuCost.add(series);
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
