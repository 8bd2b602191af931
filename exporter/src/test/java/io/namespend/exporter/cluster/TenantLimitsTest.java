package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.store.Limit;
import io.namespend.exporter.cluster.store.LimitedObjects;
import io.namespend.exporter.cluster.store.Room;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.health.Loops;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one tenant writes costs it alone, whatever it is. */
class TenantLimitsTest {
  static Stream<Arguments> hostilePods() {
    return Stream.of(
        hostile(
            "names of 900 kB",
            Limit.TEXT_CUT,
            pod -> owner(pod, "x".repeat(900_000), "ReplicaSet")),
        hostile("kinds of 900 kB", Limit.TEXT_CUT, pod -> owner(pod, "x", "K".repeat(900_000))),
        hostile(
            "a request of 900 kB",
            Limit.UNREADABLE,
            pod -> request(pod).put("cpu", "1" + "0".repeat(900_000))),
        hostile("negative", Limit.UNREADABLE, pod -> request(pod).put("cpu", "-1")),
        hostile("not a number", Limit.UNREADABLE, pod -> request(pod).put("cpu", "NaN")),
        hostile("1e300", Limit.UNREADABLE, pod -> request(pod).put("memory", "1e300")),
        hostile("a structure", Limit.UNREADABLE, pod -> request(pod).putObject("cpu")),
        hostile(
            "100,000 containers",
            Limit.UNREADABLE,
            pod -> {
              for (int i = 0; i < 100_000; i++) {
                pod.withArray("/spec/containers").addObject().put("name", "c" + i);
              }
            }),
        hostile(
            "100,000 labels",
            Limit.UNREADABLE,
            pod -> {
              for (int i = 0; i < 100_000; i++) {
                pod.withObject("/metadata/labels").put("l" + i, "x");
              }
            }));
  }

  /** What is skipped is no harm at all. */
  static Stream<Arguments> harmlessPods() {
    return Stream.of(
        harmless(
            "fields 1,200 deep",
            pod -> {
              ObjectNode fields = pod.withObject("/metadata/managedFields/0/fieldsV1");
              for (int i = 0; i < 1_200; i++) {
                fields = fields.putObject("f:x");
              }
            }),
        harmless(
            "fields of 3 MB",
            pod ->
                pod.withObject("/metadata/managedFields/0/fieldsV1")
                    .putObject("k".repeat(3_000_000))),
        harmless(
            "an annotation of 20 MB",
            pod -> pod.withObject("/metadata/annotations").put("a", "x".repeat(20_000_000))),
        harmless(
            "a number of 100,000 digits",
            pod ->
                pod.withObject("/metadata/managedFields/0/fieldsV1")
                    .put("n", new java.math.BigInteger("7".repeat(100_000)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostilePods")
  void aHostilePodIsOverALimitAndCostsItselfOnly(String name, Limit limit, ObjectNode hostile) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api, new Room(10_000_000))) {
      api.apply(Watched.NODE);
      api.apply(pod("shop", "before"));
      api.apply(hostile);
      cluster.start();

      eventually(
          () ->
              assertThat(cluster.limited())
                  .containsExactly(new LimitedObjects("pods", "evil", limit, 1)));
      eventually(() -> assertThat(podsOf(cluster, "shop")).containsExactly("before"));

      // The same in a watch.
      api.apply(hostile.put("again", true));
      api.apply(pod("shop", "after"));
      eventually(() -> assertThat(podsOf(cluster, "shop")).containsExactly("after", "before"));
      assertThat(sync(cluster).trouble()).isEmpty();
      assertThat(cluster.limited()).hasSize(1);

      api.apply(pod("evil", "p"));
      eventually(() -> assertThat(cluster.limited()).isEmpty());
      assertThat(podsOf(cluster, "evil")).containsExactly("p");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmlessPods")
  void whatIsSkippedMayBeAnything(String name, ObjectNode odd) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api, new Room(10_000_000))) {
      api.apply(Watched.NODE);
      api.apply(odd);
      cluster.start();
      eventually(() -> assertThat(podsOf(cluster, "evil")).containsExactly("p"));

      api.apply(odd.put("again", true));
      api.apply(pod("shop", "after"));
      eventually(() -> assertThat(podsOf(cluster, "shop")).containsExactly("after"));
      assertThat(cluster.limited()).isEmpty();
      assertThat(sync(cluster).trouble()).isEmpty();
    }
  }

  @Test
  void textsThatAreCutStayDifferent() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api, new Room(10_000_000))) {
      api.apply(Watched.NODE);
      for (String end : List.of("a", "b")) {
        ObjectNode pod = pod("evil", end);
        owner(pod, "x".repeat(900_000) + end, "StatefulSet");
        api.apply(pod);
      }
      cluster.start();

      eventually(
          () ->
              assertThat(cluster.snapshot().pods())
                  .extracting(pod -> pod.workload().name())
                  .hasSize(2)
                  .doesNotHaveDuplicates()
                  .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(253)));
    }
  }

  @Test
  void oneNamespaceGetsHalfOfTheRoomAndOthersTheRest() {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        // Ten pods and a node.
        WatchedCluster cluster = watch(api, new Room(11_000))) {
      api.apply(Watched.NODE);
      for (int i = 0; i < 40; i++) {
        api.apply(pod("evil", "p" + i));
      }
      api.apply(pod("shop", "first"));
      cluster.start();

      eventually(() -> assertThat(podsOf(cluster, "shop")).containsExactly("first"));
      assertThat(podsOf(cluster, "evil")).hasSize(6);
      assertThat(cluster.limited())
          .containsExactly(new LimitedObjects("pods", "evil", Limit.TOO_MANY, 34));
      api.apply(pod("shop", "second"));
      eventually(() -> assertThat(podsOf(cluster, "shop")).containsExactly("first", "second"));
      assertThat(log.with("left out of pods")).hasSize(1);

      for (int i = 0; i < 40; i++) {
        api.delete(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p%d, namespace: evil}\n".formatted(i));
      }
      eventually(
          () -> {
            assertThat(podsOf(cluster, "evil")).isEmpty();
            assertThat(cluster.limited()).isEmpty();
          });
    }
  }

  @Test
  void roomIsGivenBack() {
    Room room = new Room(1_000);

    assertThat(room.take("a", 500)).isTrue();
    assertThat(room.take("a", 1)).as("a namespace may have half").isFalse();
    assertThat(room.take("b", 400)).isTrue();
    assertThat(room.take("b", 101)).isFalse();
    assertThat(room.has("b", 100)).isTrue();
    assertThat(room.has("b", 101)).isFalse();
    assertThat(room.has("a", 1)).isFalse();
    room.give("a", 500);
    assertThat(room.take("", 600)).as("what is in no namespace is of administrators").isTrue();
    assertThat(Room.ofHeap(48L << 20)).isBetween(20L << 20, 24L << 20);
    assertThat(Room.ofHeap(240L << 20)).as("150,000 pods fit").isGreaterThan(150_000 * 1_000L);
  }

  private static Arguments hostile(String name, Limit limit, Consumer<ObjectNode> edit) {
    ObjectNode pod = pod("evil", "p");
    edit.accept(pod);
    return Arguments.of(name, limit, pod);
  }

  private static Arguments harmless(String name, Consumer<ObjectNode> edit) {
    ObjectNode pod = pod("evil", "p");
    edit.accept(pod);
    return Arguments.of(name, pod);
  }

  private static void owner(ObjectNode pod, String name, String kind) {
    pod.withArray("/metadata/ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", kind)
        .put("name", name)
        .put("controller", true);
  }

  private static ObjectNode request(ObjectNode pod) {
    return pod.withObject("/spec/containers/0/resources/requests");
  }

  private static ObjectNode pod(String namespace, String name) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).put("namespace", namespace);
    pod.putObject("spec").put("nodeName", "n1").putArray("containers").addObject().put("name", "c");
    request(pod).put("cpu", "100m");
    return pod;
  }

  private static List<String> podsOf(WatchedCluster cluster, String namespace) {
    return cluster.snapshot().pods().stream()
        .filter(pod -> pod.namespace().equals(namespace))
        .map(Pod::name)
        .toList();
  }

  private static KindSync sync(WatchedCluster cluster) {
    return cluster.syncs().stream()
        .filter(sync -> sync.kind().equals("pods"))
        .findFirst()
        .orElseThrow();
  }

  private static WatchedCluster watch(StandInApiServer api, Room room) {
    return new WatchedCluster(
        StandInApiServer.clientFor(api.port()),
        Clock.systemUTC(),
        NodeLabels.keeping(Set.of()),
        Set.of("team"),
        InstanceTypes.UNKNOWN,
        WorkloadFolding.USUAL,
        Watched.PATIENT,
        new Loops(),
        room);
  }
}
