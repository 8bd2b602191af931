package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.cluster.watch.KindSync;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How objects are asked for, and what is kept of them. */
class WatchedObjectsTest {
  @Test
  void listsArePaged() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      nodes(api, 1100);
      cluster.start();

      eventually(() -> assertThat(cluster.snapshot().nodes()).hasSize(1100));
      assertThat(api.requests("/api/v1/nodes\\?limit=500"))
          .extracting(request -> request.parameter("continue").replaceFirst("@.*", ""))
          .containsExactly("", "500", "1000");
    }
  }

  @Test
  void aListWhosePagesExpireStartsAnew() {
    AtomicInteger expired = new AtomicInteger();
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.serveNoMoreThan(3);
      nodes(api, 8);
      api.fail(
          "/api/v1/nodes.*continue=6",
          connection -> {
            expired.incrementAndGet();
            ApiFaults.status(410).answer(connection);
          });
      cluster.start();
      eventually(() -> assertThat(expired).hasValueGreaterThan(1));
      assertThat(cluster.isSynced()).isFalse();

      api.heal("/api/v1/nodes.*continue=6");
      eventually(() -> assertThat(cluster.snapshot().nodes()).hasSize(8));
    }
  }

  @Test
  void ofWorkloadsOnlyMetadataAreAskedFor() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      cluster.start();
      eventually(() -> assertThat(api.watches()).isEqualTo(Kind.values().length));

      assertThat(api.requests("/apis/(apps|batch)/.*limit"))
          .hasSize(6)
          .extracting(request -> request.header("accept"))
          .containsOnly(
              "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json");
      assertThat(api.requests("/apis/(apps|batch)/.*watch=true"))
          .hasSize(6)
          .extracting(request -> request.header("accept"))
          .containsOnly(
              "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json");
      assertThat(api.requests("/api/v1/pods"))
          .extracting(request -> request.header("accept"))
          .containsOnly("application/json");
    }
  }

  @Test
  void onlyPodsOnNodesAreAskedForAlsoFinishedOnes() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      cluster.start();
      eventually(() -> assertThat(api.watches()).isEqualTo(Kind.values().length));

      assertThat(api.requests("/api/v1/pods.*"))
          .hasSizeGreaterThanOrEqualTo(2)
          .extracting(request -> request.parameter("fieldSelector"))
          .containsOnly("spec.nodeName!=");
      assertThat(api.requests("/api/v1/nodes.*"))
          .extracting(request -> request.parameter("fieldSelector"))
          .containsOnly("");
    }
  }

  @Test
  void keepsTheWantedLabelsOfWorkloads() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster =
            new WatchedCluster(
                StandInApiServer.clientFor(api.port()),
                Clock.systemUTC(),
                Set.of(),
                Set.of("team", "product"),
                Watched.PATIENT)) {
      api.apply(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {namespace: shop, name: web, labels: {team: front, app: web}}
          ---
          apiVersion: batch/v1
          kind: CronJob
          metadata: {namespace: shop, name: report, labels: {team: data, product: bi}}
          ---
          apiVersion: apps/v1
          kind: StatefulSet
          metadata: {namespace: shop, name: db, labels: {app: db}}
          ---
          apiVersion: v1
          kind: Pod
          metadata: {namespace: shop, name: web-1, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
          spec: {nodeName: n1}
          ---
          apiVersion: v1
          kind: Pod
          metadata: {namespace: shop, name: report-1, ownerReferences: [{kind: CronJob, name: report, controller: true}]}
          spec: {nodeName: n1}
          ---
          apiVersion: v1
          kind: Pod
          metadata: {namespace: shop, name: db-1, ownerReferences: [{kind: StatefulSet, name: db, controller: true}]}
          spec: {nodeName: n1}
          """);
      cluster.start();

      eventually(
          () ->
              assertThat(cluster.snapshot().workloads())
                  .isEqualTo(
                      Map.of(
                          new Workload("shop", "deployment", "web"),
                          Map.of("team", "front"),
                          new Workload("shop", "cronjob", "report"),
                          Map.of("team", "data", "product", "bi"),
                          new Workload("shop", "statefulset", "db"),
                          Map.of())));
    }
  }

  @Test
  void countsObjectsThatCannotBeReadUntilTheyCanOrGo() {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      String broken = Watched.NODE.replace("n1", "n2").replace("'2'", "plenty");
      api.apply(Watched.NODE);
      api.apply(broken);
      api.apply(broken.replace("n2", "n3"));
      cluster.start();

      eventually(() -> assertThat(unreadable(cluster)).isEqualTo(2));
      assertThat(ClusterText.of(cluster.snapshot())).isEqualTo("node n1 m5.large\n");
      assertThat(log.with("\"n2\""))
          .containsExactly(
              "WARNING cannot read nodes, so it costs nothing: \"n2\": cpu: \"plenty\" is not a"
                  + " Kubernetes quantity such as 500m or 2Gi");

      api.apply(broken.replace("plenty", "4"));
      eventually(() -> assertThat(unreadable(cluster)).isEqualTo(1));
      api.delete(broken.replace("n2", "n3"));
      eventually(() -> assertThat(unreadable(cluster)).isZero());
      assertThat(ClusterText.of(cluster.snapshot()))
          .isEqualTo("node n1 m5.large\nnode n2 m5.large\n");
    }
  }

  private static void nodes(StandInApiServer api, int count) {
    for (int number = 0; number < count; number++) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("apiVersion", "v1").put("kind", "Node");
      node.putObject("metadata").put("name", "n%04d".formatted(number));
      api.apply(node);
    }
  }

  private static int unreadable(WatchedCluster cluster) {
    return cluster.syncs().stream()
        .filter(sync -> sync.kind().equals("nodes"))
        .mapToInt(KindSync::unreadable)
        .sum();
  }

  private static WatchedCluster watch(int port) {
    return new WatchedCluster(
        StandInApiServer.clientFor(port), Clock.systemUTC(), Set.of(), Set.of(), Watched.PATIENT);
  }
}
