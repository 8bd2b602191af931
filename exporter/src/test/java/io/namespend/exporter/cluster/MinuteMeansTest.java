package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.store.Minute;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.cluster.watch.WatchTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a watched cluster says of a minute: nodes, pods, volumes and load balancers of one time. */
class MinuteMeansTest {
  private static final Minute EIGHT = new Minute(Instant.parse("2026-11-20T08:00:00Z"));

  /** Ends that only the watch tells are known to a second or two. */
  private static final Offset<Double> SOON = Offset.offset(2.1 / 60);

  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-20T08:00:00Z"));

  @Test
  void allThatIsPaidByTheHourIsThereForItsSeconds() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api)) {
      start(cluster);
      clock.pass(Duration.ofSeconds(20));
      apply(api, cluster, node("n1", "08:00:20"), seen -> seen.nodes().size() == 1);
      apply(api, cluster, POD, seen -> seen.pods().size() == 1);
      apply(api, cluster, VOLUME, seen -> seen.volumes().size() == 1);
      apply(api, cluster, SERVICE, seen -> seen.loadBalancers().size() == 1);
      clock.pass(Duration.ofSeconds(30));
      api.delete(node("n1", "08:00:20"));
      api.delete(VOLUME);
      api.delete(SERVICE);
      // Its pod is not known to be gone yet.
      eventually(
          () -> {
            assertThat(cluster.snapshot().nodes()).isEmpty();
            assertThat(cluster.snapshot().volumes()).isEmpty();
            assertThat(cluster.snapshot().loadBalancers()).isEmpty();
          });
      clock.pass(Duration.ofSeconds(30));

      ClusterSnapshot minute = cluster.during(EIGHT);

      assertThat(minute.presence().nodes()).containsOnlyKeys("n1");
      assertThat(minute.presence().nodes().getOrDefault("n1", 0.0)).isCloseTo(30 / 60.0, SOON);
      assertThat(minute.presence().volumes().getOrDefault("pv-1", 0.0)).isCloseTo(30 / 60.0, SOON);
      assertThat(minute.presence().loadBalancers().getOrDefault("shop/front", 0.0))
          .isCloseTo(30 / 60.0, SOON);
      assertThat(minute.nodes()).extracting(Node::name).containsExactly("n1");
      assertThat(minute.pods())
          .extracting(pod -> Math.round(30 * pod.request().cpuCores()))
          .as("seconds of 2 cores from second 30 until the node's end")
          .containsExactly(Math.round(60 * minute.presence().nodes().getOrDefault("n1", 0.0)) - 10);
      assertThat(cluster.during(new Minute(EIGHT.begin().plusSeconds(60))).nodes()).isEmpty();
    }
  }

  @Test
  void aServiceThatGetsALoadBalancerPaysItFromThenOn() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api)) {
      String old = SERVICE.replace("08:00:20", "01:00:00");
      api.apply(old.replace("LoadBalancer", "ClusterIP"));
      start(cluster);
      clock.pass(Duration.ofSeconds(40));
      apply(api, cluster, old, seen -> seen.loadBalancers().size() == 1);
      // Told again, and changed.
      clock.pass(Duration.ofSeconds(10));
      apply(
          api,
          cluster,
          old + "status: {loadBalancer: {ingress: [{ip: 10.0.0.9}]}}\n",
          seen -> seen.loadBalancers().get(0).ingress().equals("10.0.0.9"));

      assertThat(cluster.during(EIGHT).presence().loadBalancers().getOrDefault("shop/front", 0.0))
          .isCloseTo(20 / 60.0, SOON);
    }
  }

  @Test
  void aNodeAndItsSuccessorOfTheSameNameAreOneInTheMinute() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api)) {
      api.apply(node("n1", "07:00:00"));
      start(cluster);
      clock.pass(Duration.ofSeconds(30));
      api.delete(node("n1", "07:00:00"));
      eventually(() -> assertThat(cluster.snapshot().nodes()).isEmpty());
      clock.pass(Duration.ofSeconds(15));
      apply(api, cluster, node("n1", "08:00:45"), seen -> seen.nodes().size() == 1);

      ClusterSnapshot minute = cluster.during(EIGHT);

      assertThat(minute.nodes()).hasSize(1);
      assertThat(minute.presence().nodes().getOrDefault("n1", 0.0)).isCloseTo(45 / 60.0, SOON);
    }
  }

  @Test
  void whatOwnedAPodIsKnownUntilItsMinuteIsPublished() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api)) {
      String job =
          """
          apiVersion: batch/v1
          kind: Job
          metadata:
            namespace: shop
            name: run-7
            ownerReferences: [{apiVersion: example.com/v1, kind: Pipeline, name: nightly, uid: u1, controller: true}]
          """;
      String pod =
          POD.replace(
              "name: web-1",
              "name: web-1, ownerReferences: [{apiVersion: batch/v1, kind: Job, name: run-7, uid:"
                  + " u2, controller: true}]");
      api.apply(node("n1", "07:00:00"));
      api.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}");
      api.apply(job);
      api.apply(pod);
      start(cluster);
      clock.pass(Duration.ofSeconds(40));
      api.delete(job);
      api.delete(pod);
      api.delete("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}");
      eventually(
          () -> {
            assertThat(cluster.snapshot().pods()).isEmpty();
            assertThat(cluster.syncs())
                .filteredOn(sync -> Set.of("jobs", "namespaces").contains(sync.kind()))
                .allMatch(sync -> sync.objects() == 0);
          });

      ClusterSnapshot minute = cluster.during(EIGHT);

      assertThat(minute.pods())
          .extracting(each -> each.workload().type() + "/" + each.workload().name())
          .containsExactly("pipeline/nightly");
      assertThat(minute.namespaces()).extracting(Namespace::name).containsExactly("shop");
      clock.pass(Duration.ofMinutes(5));
      assertThat(cluster.during(new Minute(EIGHT.begin().plusSeconds(240))).namespaces()).isEmpty();
    }
  }

  @Test
  void aPodThatMovesToAnotherNodeIsOnBoth() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api)) {
      api.apply(node("n1", "07:00:00"));
      api.apply(node("n2", "07:00:00"));
      api.apply(POD.replace("08:00:30", "07:30:00"));
      start(cluster);
      clock.pass(Duration.ofSeconds(10));
      api.delete(POD.replace("08:00:30", "07:30:00"));
      eventually(() -> assertThat(cluster.snapshot().pods()).isEmpty());
      clock.pass(Duration.ofSeconds(20));
      apply(api, cluster, POD.replace("n1", "n2"), seen -> seen.pods().size() == 1);

      assertThat(cluster.during(EIGHT).pods())
          .extracting(Pod::node)
          .containsExactlyInAnyOrder("n1", "n2");
      assertThat(cluster.during(EIGHT).pods())
          .extracting(pod -> pod.request().cpuCores() / 2)
          .allSatisfy(share -> assertThat(share).isBetween(8 / 60.0, 30 / 60.0))
          .contains(30 / 60.0);
    }
  }

  @Test
  void aStorageClassThatIsGoneIsForgottenOnceItsMinutesArePublished() {
    String storageClass =
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: fast}
        provisioner: ebs.csi.aws.com
        parameters: {type: io2}
        """;
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api)) {
      api.apply(storageClass);
      api.apply(VOLUME.replace("spec: {", "spec: {storageClassName: fast, "));
      start(cluster);
      assertThat(cluster.during(EIGHT).volumes()).allMatch(Volume::isDescribed).hasSize(1);
      api.delete(storageClass);
      eventually(
          () ->
              assertThat(cluster.syncs())
                  .filteredOn(sync -> sync.kind().equals("storageclasses"))
                  .allMatch(sync -> sync.objects() == 0));

      clock.pass(Duration.ofMinutes(5));

      assertThat(cluster.during(new Minute(EIGHT.begin().plusSeconds(240))).volumes())
          .noneMatch(Volume::isDescribed)
          .hasSize(1);
    }
  }

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {namespace: shop, name: web-1}
      spec:
        nodeName: n1
        containers: [{name: app, resources: {requests: {cpu: 2}}}]
      status:
        phase: Running
        conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-20T08:00:30Z'}]
      """;
  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: pv-1, creationTimestamp: '2026-11-20T08:00:20Z'}
      spec: {capacity: {storage: 10Gi}, csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}}
      """;
  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {namespace: shop, name: front, creationTimestamp: '2026-11-20T08:00:20Z'}
      spec: {type: LoadBalancer}
      """;

  private static String node(String name, String created) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: %s, creationTimestamp: '2026-11-20T%sZ'}
    status: {capacity: {cpu: 4, memory: 16Gi}}
    """
        .formatted(name, created);
  }

  private void apply(
      StandInApiServer api, WatchedCluster cluster, String yaml, Predicate<ClusterSnapshot> seen) {
    api.apply(yaml);
    eventually(() -> assertThat(cluster.snapshot()).matches(seen));
  }

  private static void start(WatchedCluster cluster) {
    cluster.start();
    eventually(() -> assertThat(cluster.isSynced()).isTrue());
  }

  private WatchedCluster watch(StandInApiServer api) {
    return new WatchedCluster(
        StandInApiServer.clientFor(api.port()), clock, Set.of(), Set.of(), WatchTiming.DEFAULTS);
  }
}
