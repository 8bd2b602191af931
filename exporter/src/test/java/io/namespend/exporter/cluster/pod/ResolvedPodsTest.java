package io.namespend.exporter.cluster.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.node.DeviceShares;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.store.KeyedRecords;
import io.namespend.exporter.cluster.store.MinuteRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Pods and labels are kept from snapshot to snapshot; what they are depends on the cluster alone.
 */
class ResolvedPodsTest {
  private final Random random = new Random(3);

  /** By namespace and name. */
  private final TreeMap<String, PodFacts> pods = new TreeMap<>();

  private final KeyedRecords<WorkloadObject> replicaSets = new KeyedRecords<>();
  private final KeyedRecords<WorkloadObject> deployments = new KeyedRecords<>();
  private long changes;
  private DeviceRequests devices = new DeviceRequests(Map.of(), Map.of());

  @Test
  void areWhatTheyWouldBeWithoutAPast() {
    ResolvedPods resolved = new ResolvedPods(new Copies());
    for (int step = 0; step < 400; step++) {
      change();
      MinuteRecords<PodFacts> minute = minute();

      assertThat(resolved.of(minute, workloads(), devices))
          .as("step %d", step)
          .isEqualTo(new ResolvedPods(new Copies()).of(minute, workloads(), devices));
    }
  }

  @Test
  void areTheSameObjectsIfNothingOfThemChanged() {
    ResolvedPods resolved = new ResolvedPods(new Copies());
    for (int i = 0; i < 50; i++) {
      change();
    }
    var before = resolved.of(MinuteRecords.whole(List.copyOf(pods.values())), workloads(), devices);
    pods.remove(pods.firstKey());
    // Owners changed, but not whose these pods are.
    changes++;
    var after = resolved.of(MinuteRecords.whole(List.copyOf(pods.values())), workloads(), devices);

    assertThat(after.pods()).hasSizeGreaterThan(20).hasSize(before.pods().size() - 1);
    for (int i = 0; i < after.pods().size(); i++) {
      assertThat(after.pods().get(i)).isSameAs(before.pods().get(i + 1));
    }
    assertThat(
            resolved
                .of(MinuteRecords.whole(List.copyOf(pods.values())), workloads(), devices)
                .labels())
        .isSameAs(after.labels());
  }

  private void change() {
    for (int i = random.nextInt(4); i > 0; i--) {
      String namespace = "ns" + random.nextInt(3);
      String name = "p" + random.nextInt(200);
      pods.put(namespace + "/" + name, pod(namespace, name));
    }
    if (!pods.isEmpty() && random.nextBoolean()) {
      pods.remove(new ArrayList<>(pods.keySet()).get(random.nextInt(pods.size())));
    }
    switch (random.nextInt(6)) {
      case 0 -> devices = new DeviceRequests(sharedBy(1 + random.nextInt(4)), devices.claimed());
      case 1 -> devices = new DeviceRequests(devices.ofNode(), claimed());
      default -> {}
    }
    ObjectKey key = new ObjectKey("ns" + random.nextInt(3), "r" + random.nextInt(5));
    switch (random.nextInt(6)) {
      case 0 -> replicaSets.put(key, ownedBy("Deployment", "d" + random.nextInt(2)));
      case 1 -> replicaSets.remove(key);
      case 2 -> deployments.put(key(key, "d0"), labelled());
      case 3 -> deployments.remove(key(key, "d0"));
      default -> changes--;
    }
    changes++;
  }

  private static Map<String, DeviceShares> sharedBy(int clients) {
    return clients == 1
        ? Map.of()
        : Map.of("n1", new DeviceShares(Map.of("nvidia.com/gpu", 1.0 / clients), false));
  }

  private Map<ObjectKey, Double> claimed() {
    return pods.isEmpty()
        ? Map.of()
        : Map.of(
            new ObjectKey(
                pods.firstEntry().getValue().namespace(), pods.firstEntry().getValue().name()),
            2.0);
  }

  private static ObjectKey key(ObjectKey other, String name) {
    return new ObjectKey(other.namespace(), name);
  }

  private PodFacts pod(String namespace, String name) {
    Optional<OwnerRef> owner =
        random.nextInt(5) == 0
            ? Optional.empty()
            : Optional.of(new OwnerRef("ReplicaSet", "r" + random.nextInt(5)));
    return new PodFacts(
        namespace,
        name,
        "n1",
        owner,
        "",
        Resources.NONE,
        random.nextInt(3) == 0 ? Map.of("nvidia.com/gpu", 1.0) : Map.of(),
        Optional.empty(),
        random.nextBoolean() ? Map.of() : Map.of("app", "a" + random.nextInt(3)),
        0);
  }

  /** Some of them for a part of it, a few with two requests. */
  private MinuteRecords<PodFacts> minute() {
    MinuteRecords<PodFacts> minute = MinuteRecords.whole(List.copyOf(pods.values()));
    for (PodFacts pod : minute.records()) {
      if (random.nextInt(4) == 0) {
        long seconds = 1L + random.nextInt(59);
        List<MinuteRecords.Part<PodFacts>> parts = new ArrayList<>();
        parts.add(new MinuteRecords.Part<>(pod, new MinuteRecords.Window(60 - seconds, 60)));
        if (random.nextInt(4) == 0) {
          parts.add(
              new MinuteRecords.Part<>(
                  pod(pod.namespace(), pod.name()), new MinuteRecords.Window(0, 60 - seconds)));
        }
        minute.parts().put(pod, parts);
      }
    }
    return minute;
  }

  private static Optional<WorkloadObject> ownedBy(String kind, String name) {
    return Optional.of(new WorkloadObject(Optional.of(new OwnerRef(kind, name)), Map.of()));
  }

  private Optional<WorkloadObject> labelled() {
    return Optional.of(
        new WorkloadObject(Optional.empty(), Map.of("team", "t" + random.nextInt(3))));
  }

  private Workloads workloads() {
    return new Workloads(
        Map.of(Kind.REPLICASETS, replicaSets, Kind.DEPLOYMENTS, deployments), changes);
  }
}
