package io.namespend.exporter.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Pods with their workloads. Those that are as they were are the same objects as before: a large
 * cluster has 150,000, of which few change from one scrape to the next. For one thread.
 */
final class ResolvedPods {
  static final Comparator<PodFacts> ORDER = ResolvedPods::compare;

  private final Copies copies;
  private List<PodFacts> before = List.of();
  private List<Pod> resolvedBefore = List.of();

  /**
   * @param copies of workloads
   */
  ResolvedPods(Copies copies) {
    this.copies = copies;
  }

  /**
   * @param pods sorted
   */
  List<Pod> of(List<PodFacts> pods, Workloads workloads) {
    List<Pod> resolved = new ArrayList<>(pods.size());
    OwnedWorkloads owned = new OwnedWorkloads(workloads);
    int old = 0;
    for (PodFacts pod : pods) {
      while (old < before.size() && compare(before.get(old), pod) < 0) {
        old++;
      }
      Workload workload = owned.of(pod);
      boolean isSame =
          old < before.size()
              && before.get(old).equals(pod)
              && resolvedBefore.get(old).workload().equals(workload);
      resolved.add(
          isSame
              ? resolvedBefore.get(old++)
              : new Pod(pod.namespace(), pod.name(), pod.node(), workload, pod.request()));
    }
    before = pods;
    resolvedBefore = List.copyOf(resolved);
    return resolvedBefore;
  }

  private static int compare(PodFacts one, PodFacts other) {
    return ObjectKey.compare(one.namespace(), one.name(), other.namespace(), other.name());
  }

  /** Looks up what owns pods once for all that stand together, as those of one owner mostly do. */
  private final class OwnedWorkloads {
    private final Workloads workloads;
    private Optional<PodFacts> last = Optional.empty();
    private Workload workloadOfLast = new Workload("", "", "");

    OwnedWorkloads(Workloads workloads) {
      this.workloads = workloads;
    }

    Workload of(PodFacts pod) {
      if (last.isEmpty() || !haveOneOwner(last.get(), pod)) {
        last = Optional.of(pod);
        workloadOfLast = copies.same(workloads.of(pod));
      }
      return workloadOfLast;
    }

    private static boolean haveOneOwner(PodFacts one, PodFacts other) {
      // The workload of a pod that is nobody's, or a node's, depends on its own name.
      return one.owner().isPresent()
          && one.owner().equals(other.owner())
          && one.templateHash().equals(other.templateHash())
          && one.namespace().equals(other.namespace())
          && !one.owner().get().kind().equals("Node");
    }
  }
}
