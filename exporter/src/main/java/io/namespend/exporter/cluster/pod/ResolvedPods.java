package io.namespend.exporter.cluster.pod;

import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.store.Minute;
import io.namespend.exporter.cluster.store.MinuteRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pods with their workloads, and what these are labelled with. Those that are as they were are the
 * same objects as before: a large cluster has 150,000, of which few change from one scrape to the
 * next. For one thread.
 */
public final class ResolvedPods {
  public static final Comparator<PodFacts> ORDER = ResolvedPods::compare;

  private final Copies copies;
  private final WorkloadLabels labels = new WorkloadLabels();
  private long changesOfOwners = -1;
  private DeviceRequests devicesBefore = new DeviceRequests(Map.of(), Map.of());
  private List<PodFacts> before = List.of();
  private List<Pod> resolvedBefore = List.of();
  private MinuteRecords<PodFacts> minuteBefore = MinuteRecords.whole(List.of());

  /**
   * @param copies of workloads
   */
  public ResolvedPods(Copies copies) {
    this.copies = copies;
  }

  /**
   * @param labels of workloads that have pods
   */
  public record Resolved(List<Pod> pods, Map<Workload, Map<String, String>> labels) {}

  /**
   * @param minute its pods sorted
   */
  public Resolved of(MinuteRecords<PodFacts> minute, Workloads workloads, DeviceRequests devices) {
    List<PodFacts> pods = minute.records();
    boolean areOwnersSame = workloads.changes() == changesOfOwners;
    boolean areDevicesSame = devices.equals(devicesBefore);
    List<Pod> resolved = new ArrayList<>(pods.size());
    OwnedWorkloads owned = new OwnedWorkloads(workloads);
    int old = 0;
    for (PodFacts pod : pods) {
      while (old < before.size()
          && !Copies.isSame(before.get(old), pod)
          && compare(before.get(old), pod) <= 0) {
        old++;
      }
      if (old < before.size() && Copies.isSame(before.get(old), pod)) {
        PodFacts known = before.get(old);
        Pod same = resolvedBefore.get(old++);
        if (!areOwnersSame) {
          same = same.of(owned.of(pod));
        }
        boolean isRequestSame =
            areDevicesSame
                && !minute.parts().containsKey(pod)
                && !minuteBefore.parts().containsKey(known);
        resolved.add(isRequestSame ? same : same.requesting(request(pod, minute, devices)));
      } else {
        resolved.add(
            new Pod(
                pod.namespace(),
                pod.name(),
                pod.node(),
                owned.of(pod),
                request(pod, minute, devices),
                Math.max(0, pod.since())));
      }
    }
    before = pods;
    minuteBefore = minute;
    devicesBefore = devices;
    resolvedBefore = List.copyOf(resolved);
    Map<Workload, Map<String, String>> labelled =
        labels.of(pods, resolvedBefore, workloads, areOwnersSame);
    changesOfOwners = workloads.changes();
    return new Resolved(resolvedBefore, labelled);
  }

  /** What it requested in the mean. */
  private static Resources request(
      PodFacts pod, MinuteRecords<PodFacts> minute, DeviceRequests devices) {
    List<MinuteRecords.Part<PodFacts>> parts = minute.parts().get(pod);
    if (parts == null) {
      return devices.request(pod);
    }
    Resources mean = Resources.NONE;
    for (MinuteRecords.Part<PodFacts> part : parts) {
      double share = (double) part.window().seconds() / Minute.SECONDS;
      mean = mean.plus(devices.request(part.record()).times(share));
    }
    return mean;
  }

  /** Namespaces, then names; most are compared within a namespace that they share. */
  @SuppressWarnings({"ReferenceEquality", "StringEquality"})
  private static int compare(PodFacts one, PodFacts other) {
    int byNamespace =
        one.namespace() == other.namespace() ? 0 : one.namespace().compareTo(other.namespace());
    return byNamespace == 0 ? one.name().compareTo(other.name()) : byNamespace;
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
