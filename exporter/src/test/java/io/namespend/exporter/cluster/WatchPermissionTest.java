package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.SyncFailure;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A kind that may not be read takes nothing with it but itself. */
class WatchPermissionTest {
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: m5.large}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        namespace: shop
        name: nightly-1
        ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u3, controller: true}]
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: shop
        name: nightly-1-abcde
        ownerReferences: [{apiVersion: batch/v1, kind: Job, name: nightly-1, uid: u4, controller: true}]
      spec:
        nodeName: n1
        containers: [{name: app, resources: {requests: {cpu: 250m}}}]
      """;

  @ParameterizedTest
  @CsvSource({"403, FORBIDDEN", "404, NOT_SERVED"})
  void goesOnWithoutAKindThatIsRefusedAndTakesItWhenItIsGranted(int status, SyncFailure failure) {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(CLUSTER);
      api.fail("/apis/batch/v1/jobs", ApiFaults.status(status));
      cluster.start();

      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      assertThat(ClusterText.of(cluster.snapshot()))
          .isEqualTo(
              """
              node n1 m5.large
              namespace shop
              pod nightly-1-abcde on n1: job/nightly asks for 0.25 cores
              """);
      eventually(() -> assertThat(sync(cluster, "jobs").failures().get(failure)).isGreaterThan(3L));
      assertThat(sync(cluster, "jobs").lastHeard()).isEmpty();
      assertThat(log.with("WARNING cannot read")).as("said once").hasSize(1);

      api.heal("/apis/batch/v1/jobs");
      eventually(
          () -> assertThat(ClusterText.of(cluster.snapshot())).contains("cronjob/nightly asks"));
      api.sendBookmarks();
      eventually(() -> assertThat(log.with("INFO reads jobs")).hasSize(1));
    }
  }

  /** Most clusters have no Gateway API, which is no trouble; who adds it needs no restart. */
  @Test
  void followsGatewaysOnlyWhereTheyAreServed() {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(CLUSTER);
      api.fail("/apis/gateway.networking.k8s.io/v1/gateways", ApiFaults.status(404));
      cluster.start();

      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      assertThat(cluster.syncs()).extracting(KindSync::kind).doesNotContain("gateways");
      assertThat(log.with("gateways")).isEmpty();

      api.heal("/apis/gateway.networking.k8s.io/v1/gateways");
      api.apply(
          """
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata: {namespace: shop, name: web}
          spec: {gatewayClassName: gke-l7-rilb, listeners: [{port: 443, protocol: HTTPS}]}
          status: {addresses: [{value: 10.0.0.9}]}
          """);
      eventually(
          () ->
              assertThat(cluster.snapshot().loadBalancers())
                  .extracting(LoadBalancer::service)
                  .containsExactly("web"));
      assertThat(sync(cluster, "gateways").failures().get(SyncFailure.NOT_SERVED)).isZero();
    }
  }

  @Test
  void saysWhichRuleIsMissing() {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.fail("/apis/batch/v1/jobs", ApiFaults.status(403));
      cluster.start();

      eventually(() -> assertThat(log.with("jobs")).hasSize(1));
      assertThat(log.with("jobs").get(0))
          .isEqualTo(
              "WARNING cannot read jobs from the Kubernetes API: "
                  + StandInApiServer.url(api.port())
                  + "/apis/batch/v1/jobs?limit=500 answers HTTP 403: as the test wants it; add to"
                  + " the exporter's ClusterRole: apiGroups [\"batch\"], resources [\"jobs\"],"
                  + " verbs [\"list\", \"watch\"]; until then CronJobs are guessed from names of"
                  + " Jobs");
    }
  }

  /** Each kind alone, since each could be the one that is forgotten. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyNodesAndPodsAreEssential(Kind kind) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(CLUSTER);
      api.fail(kind.path() + "\\?", ApiFaults.status(403));
      cluster.start();

      eventually(
          () ->
              assertThat(cluster.syncs())
                  .allMatch(
                      sync ->
                          sync.lastHeard().isPresent()
                              || sync.failures().getOrDefault(SyncFailure.FORBIDDEN, 0L) > 2));
      if (kind == Kind.NODES || kind == Kind.PODS) {
        assertThat(cluster.awaited()).extracting(KindSync::kind).containsExactly(kind.plural());
      } else {
        assertThat(cluster.isSynced()).isTrue();
      }
    }
  }

  @Test
  void waitsALittleForAKindThatIsInTroubleButNotForEver() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(CLUSTER);
      api.fail("/apis/batch/v1/jobs", ApiFaults.status(500));
      cluster.start();

      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      assertThat(sync(cluster, "jobs").failures().get(SyncFailure.SERVER_ERROR))
          .isGreaterThanOrEqualTo(5);
    }
  }

  /** Most API servers have no claims of devices, or have them under an older version. */
  @Test
  void goesOnInSilenceWithoutWhatAServerNeedNotHave() {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(CLUSTER);
      api.fail("/apis/resource.k8s.io/", ApiFaults.status(404));
      cluster.start();

      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      eventually(
          () ->
              assertThat(api.requests("/apis/resource.k8s.io/v1beta1/resourceclaims"))
                  .hasSizeGreaterThan(2));
      assertThat(cluster.syncs())
          .extracting(KindSync::kind)
          .contains("nodes", "ingresses")
          .doesNotContain("resourceclaims", "resourceslices");
      assertThat(log.with("resource")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"v1, nothing", "v1beta2, v1", "v1beta1, v1(beta2)?"})
  void takesClaimsOfTheVersionThatIsServed(String version, String missing) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(CLUSTER);
      api.apply(
          """
          apiVersion: resource.k8s.io/%s
          kind: ResourceClaim
          metadata: {namespace: shop, name: gpu}
          status:
            allocation: {devices: {results: [{request: gpu, driver: gpu.nvidia.com, pool: n1, device: gpu-0}]}}
            reservedFor: [{resource: pods, name: nightly-1-abcde, uid: u1}]
          """
              .formatted(version));
      api.fail("/apis/resource.k8s.io/" + missing + "/", ApiFaults.status(404));
      cluster.start();

      eventually(
          () ->
              assertThat(cluster.snapshot().pods())
                  .extracting(pod -> pod.request().gpus())
                  .containsExactly(1.0));
      eventually(
          () ->
              assertThat(
                      api.requests(
                          "/apis/resource.k8s.io/" + version + "/resourceclaims.watch=true"))
                  .isNotEmpty());

      api.delete(
          "apiVersion: resource.k8s.io/%s\nkind: ResourceClaim\nmetadata: {namespace: shop, name: gpu}"
              .formatted(version));
      eventually(
          () ->
              assertThat(cluster.snapshot().pods())
                  .extracting(pod -> pod.request().gpus())
                  .containsExactly(0.0));
    }
  }

  @Test
  void takesTheNamespacesOfPodsWhereNamespacesMayNotBeRead() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(CLUSTER);
      api.fail("/api/v1/namespaces", ApiFaults.status(403));
      cluster.start();

      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      assertThat(cluster.snapshot().namespaces())
          .extracting(Namespace::name)
          .containsExactly("shop");
    }
  }

  /** With "list" alone nothing can be watched; each further try lists again. */
  @Test
  void staysCurrentByListsWhereOnlyTheWatchIsForbidden() {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.fail("watch=true", ApiFaults.status(403));
      cluster.start();
      eventually(() -> assertThat(cluster.isSynced()).isTrue());

      api.apply(CLUSTER);
      eventually(
          () -> assertThat(ClusterText.of(cluster.snapshot())).contains("cronjob/nightly asks"));
      eventually(
          () ->
              assertThat(sync(cluster, "nodes").failures().get(SyncFailure.FORBIDDEN))
                  .isGreaterThan(5));
      assertThat(log.with("cannot read nodes")).as("said once").hasSize(1);
    }
  }

  @Test
  void takesANewTokenWhenTheOldOneExpires() {
    AtomicReference<String> token = new AtomicReference<>("first");
    try (StandInApiServer api = StandInApiServer.start()) {
      api.requireToken("first");
      api.apply(CLUSTER);
      var client =
          new KubernetesClientBuilder()
              .withConfig(
                  new ConfigBuilder(Config.empty())
                      .withMasterUrl(StandInApiServer.url(api.port()))
                      .withOauthTokenProvider(token::get)
                      .withRequestRetryBackoffLimit(0)
                      .withHttp2Disable(true)
                      .build())
              .build();
      try (WatchedCluster cluster =
          new WatchedCluster(client, Clock.systemUTC(), Set.of(), Set.of(), Watched.PATIENT)) {
        cluster.start();
        eventually(() -> assertThat(cluster.isSynced()).isTrue());

        api.requireToken("second");
        api.endWatches();
        eventually(
            () ->
                assertThat(sync(cluster, "nodes").failures().get(SyncFailure.UNAUTHORIZED))
                    .isPositive());
        assertThat(cluster.snapshot().nodes()).hasSize(1);

        token.set("second");
        api.apply(CLUSTER.replace("n1", "n2"));
        eventually(() -> assertThat(cluster.snapshot().nodes()).hasSize(2));
      }
    }
  }

  private static KindSync sync(WatchedCluster cluster, String kind) {
    return cluster.syncs().stream()
        .filter(sync -> sync.kind().equals(kind))
        .findAny()
        .orElseThrow();
  }

  private static WatchedCluster watch(int port) {
    return new WatchedCluster(
        StandInApiServer.clientFor(port),
        Clock.fixed(Instant.parse("2026-11-20T08:00:00Z"), ZoneOffset.UTC),
        Set.of(),
        Set.of(),
        Watched.PATIENT);
  }
}
