package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Resources;
import io.namespend.exporter.cluster.Workload;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param podCost the same series in the order in which they are published
 */
record NamespaceRequests(
    List<Pod> pods,
    int unpriced,
    List<GaugeDataPointSnapshot> ofPods,
    List<GaugeDataPointSnapshot> podCost,
    List<GaugeDataPointSnapshot> podGpuCost,
    List<GaugeDataPointSnapshot> cost,
    List<GaugeDataPointSnapshot> requested) {
  static final NamespaceRequests NONE =
      new NamespaceRequests(List.of(), 0, List.of(), List.of(), List.of(), List.of(), List.of());

  private static final Comparator<Workload> BY_NAME =
      Comparator.comparing(Workload::type).thenComparing(Workload::name);

  /**
   * @param before whose series are kept of pods that are as they were
   * @param repriced nodes whose rates are not as they were
   */
  static NamespaceRequests of(
      List<Pod> pods,
      Map<String, ResourceRates> ratesOfNode,
      boolean podSeries,
      NamespaceRequests before,
      Set<String> repriced) {
    Families families = new Families();
    Map<Workload, Totals> totals = new HashMap<>();
    List<GaugeDataPointSnapshot> ofPods = new ArrayList<>();
    KnownSeries known = new KnownSeries(before, repriced);
    int unpriced = 0;
    for (Pod pod : pods) {
      ResourceRates rates = ratesOfNode.get(pod.node());
      if (rates == null) {
        unpriced++;
        continue;
      }
      totals.computeIfAbsent(pod.workload(), workload -> new Totals()).add(pod.request(), rates);
      if (podSeries) {
        ofPods.add(families.add(pod, rates, known.of(pod)));
      }
    }
    totals.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(BY_NAME))
        .forEach(entry -> families.add(entry.getKey(), entry.getValue()));
    return new NamespaceRequests(
        pods,
        unpriced,
        List.copyOf(ofPods),
        families.podCost.points(),
        families.podGpuCost.points(),
        families.cost.points(),
        families.requested.points());
  }

  /** Finds the series of pods that are asked for in their order. */
  private static final class KnownSeries {
    private final NamespaceRequests before;
    private final Set<String> repriced;
    private int next;

    KnownSeries(NamespaceRequests before, Set<String> repriced) {
      this.before = before;
      this.repriced = repriced;
    }

    Optional<GaugeDataPointSnapshot> of(Pod pod) {
      // Where a pod had no price, which is rare, one could not tell whose series is whose.
      if (before.ofPods.size() != before.pods.size()) {
        return Optional.empty();
      }
      while (next < before.pods.size() && before.pods.get(next).name().compareTo(pod.name()) < 0) {
        next++;
      }
      return next < before.pods.size()
              && before.pods.get(next).equals(pod)
              && !repriced.contains(pod.node())
          ? Optional.of(before.ofPods.get(next))
          : Optional.empty();
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
    return new NamespaceRequests(equal, unpriced, ofPods, podCost, podGpuCost, cost, requested);
  }

  void addTo(Families families) {
    families.podCost.addAll(podCost);
    families.podGpuCost.addAll(podGpuCost);
    families.cost.addAll(cost);
    families.requested.addAll(requested);
  }

  /** All metrics of requests. */
  static final class Families {
    private static final String[] POD_LABELS = {
      "namespace", "pod", "node", "workload_type", "workload"
    };
    private static final String[] WORKLOAD_LABELS = {
      "namespace", "workload_type", "workload", "resource"
    };

    private final GaugeFamily podCost =
        new GaugeFamily(
            "namespend_pod_request_hourly_cost",
            "[STABLE] Price of the pod's effective request on its node for one hour, all"
                + " resources; also says which workload and node the pod belongs to.",
            POD_LABELS);
    private final GaugeFamily podGpuCost =
        new GaugeFamily(
            "namespend_pod_gpu_request_hourly_cost",
            "[STABLE] The part of namespend_pod_request_hourly_cost that GPUs are; only of pods"
                + " with GPUs.",
            POD_LABELS);
    private final GaugeFamily cost =
        new GaugeFamily(
            "namespend_workload_request_hourly_cost",
            "[STABLE] Price of what the workload's pods request, each on its own node, for one"
                + " hour.",
            WORKLOAD_LABELS);
    private final GaugeFamily requested =
        new GaugeFamily(
            "namespend_workload_requested",
            "[STABLE] Effective requests of the workload's pods as the scheduler counts them:"
                + " cores, bytes, GPUs.",
            WORKLOAD_LABELS);

    List<MetricSnapshot> snapshots() {
      return List.of(
          podCost.snapshot(), podGpuCost.snapshot(), cost.snapshot(), requested.snapshot());
    }

    private GaugeDataPointSnapshot add(
        Pod pod, ResourceRates rates, Optional<GaugeDataPointSnapshot> known) {
      if (pod.request().gpus() > 0) {
        podGpuCost.add(pod.request().gpus() * rates.gpu(), labels(pod));
      }
      known.ifPresent(podCost::add);
      return known.orElseGet(() -> podCost.add(rates.cost(pod.request()), labels(pod)));
    }

    private static String[] labels(Pod pod) {
      Workload workload = pod.workload();
      return new String[] {
        pod.namespace(), pod.name(), pod.node(), workload.type(), workload.name()
      };
    }

    private void add(Workload workload, Totals total) {
      Resources amounts = total.requested;
      add(workload, "cpu", total.cpuCost, amounts.cpuCores());
      add(workload, "memory", total.memoryCost, amounts.memoryBytes());
      if (amounts.gpus() > 0) {
        add(workload, "gpu", total.gpuCost, amounts.gpus());
      }
    }

    private void add(Workload workload, String resource, double price, double amount) {
      String[] labels = {workload.namespace(), workload.type(), workload.name(), resource};
      cost.add(price, labels);
      requested.add(amount, labels);
    }
  }

  /** Sums over the pods of a workload. */
  private static final class Totals {
    private Resources requested = Resources.NONE;
    private double cpuCost;
    private double memoryCost;
    private double gpuCost;

    void add(Resources request, ResourceRates rates) {
      requested = requested.plus(request);
      cpuCost += request.cpuCores() * rates.cpu();
      memoryCost += request.memoryGib() * rates.memory();
      gpuCost += request.gpus() * rates.gpu();
    }
  }
}
