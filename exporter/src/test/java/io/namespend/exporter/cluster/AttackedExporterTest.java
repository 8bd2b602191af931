package io.namespend.exporter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a tenant did to version 0.1.0, done to the exporter as it is shipped: a process with the
 * heap of the manifests. It is right again within a minute, or it ends and is started again.
 */
class AttackedExporterTest {
  /** Of the manifest. */
  private static final double LIMIT_MEBIBYTES = 160;

  /** A policy is no tenant's. This JDK may lack the image's AOT cache, which spares 13 MiB. */
  private static final double LIMIT_OF_POLICY_MEBIBYTES = 173;

  private static final int HOSTILE_PODS = 68;

  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata:
        name: n1
        labels:
          node.kubernetes.io/instance-type: m5.large
          topology.kubernetes.io/region: us-east-1
          kubernetes.io/os: linux
      spec: {providerID: "aws:///us-east-1a/i-0123456789abcdef0"}
      status: {capacity: {cpu: '2', memory: 8Gi}, allocatable: {cpu: '2', memory: 8Gi}}
      """;

  @TempDir private Path folder;

  @Test
  void itStartsAmongHostileObjects() throws IOException {
    try (StandInApiServer api = StandInApiServer.start()) {
      api.apply(NODE);
      api.apply(pod("shop", "web-0"));
      hostile().forEach(api::apply);
      try (ShippedExporter exporter = ShippedExporter.start(api, folder, "")) {
        withinAMinute(() -> assertThat(exporter.health("/-/ready")).isEqualTo(200));
        change(api);

        isRight(api, exporter, 1 + HOSTILE_PODS);
        assertThat(exporter.page("/metrics")).contains("namespend_cluster_limited_objects{");
      }
    }
  }

  @Test
  void itGoesOnWhileHostileObjectsCome() throws IOException {
    try (StandInApiServer api = StandInApiServer.start();
        ShippedExporter exporter = started(api)) {
      hostile().forEach(api::apply);
      change(api);
      isRight(api, exporter, 1 + HOSTILE_PODS);

      // All of them at once, in a list.
      api.forgetPast();
      api.breakConnections();
      api.apply(pod("shop", "web-2"));
      isRight(api, exporter, 3 + HOSTILE_PODS);
      // Once in this class: a minute has to pass, and another without what ended in it.
      within(
          180,
          () ->
              assertThat(exporter.page("/metrics"))
                  .contains("pod=\"web-1\"", "pod=\"web-2\"")
                  .doesNotContain("pod=\"web-0\"")
                  .as("what nobody serves costs nothing")
                  .doesNotContainPattern("phantom-\\d+\"} (?!0\\.0\\n)"));
    }
  }

  /** 200,000 empty ReplicaSets, for which no quota is usual. */
  @Test
  void itGoesOnBesideMoreObjectsThanItHasMemoryFor() throws IOException {
    try (StandInApiServer api = StandInApiServer.start();
        ShippedExporter exporter = started(api)) {
      AtomicBoolean attacked = new AtomicBoolean(true);
      AtomicLong sent = new AtomicLong();
      api.fail("replicasets\\?limit", endlessList("evil", attacked, sent));
      api.forgetPast();
      api.breakConnections();
      withinAMinute(() -> assertThat(sent.get()).isGreaterThan(400_000));
      change(api);
      api.apply(pod("shop", "web-2"));
      isRight(api, exporter, 2);

      attacked.set(false);
      api.heal("replicasets\\?limit");
      withinAMinute(
          () ->
              assertThat(exporter.page("/metrics"))
                  .contains("namespend_cluster_sync_objects{kind=\"replicasets\"} 0"));
    }
  }

  @Test
  void aPolicyOfAnySizeLeavesTheLastGoodOneInForce() throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), "currency: USD\n");
    try (StandInApiServer api = StandInApiServer.start()) {
      api.apply(NODE);
      api.apply(pod("shop", "web-0"));
      try (ShippedExporter exporter =
          ShippedExporter.start(api, folder, "", "--policy=" + policy)) {
        withinAMinute(() -> assertThat(exporter.health("/-/ready")).isEqualTo(200));
        for (String hostile :
            List.of(
                "budgets:\n" + "- {namespace: a, monthly: 1}\n".repeat(100_000),
                "budgets: " + "[".repeat(900_000),
                "currency: " + "x".repeat(1_000_000),
                "a:\n" + "- b\n".repeat(240_000))) {
          Files.writeString(policy, hostile);
          withinAMinute(
              () ->
                  assertThat(exporter.page("/metrics"))
                      .contains("namespend_config_last_reload_successful 0"));
          Files.writeString(policy, "currency: USD\npools: [{name: idle, split: even}]\n");
          withinAMinute(
              () ->
                  assertThat(exporter.page("/metrics"))
                      .contains("namespend_config_last_reload_successful 1"));
        }
        change(api);
        api.apply(pod("shop", "web-2"));
        isRight(api, exporter, 2, LIMIT_OF_POLICY_MEBIBYTES);
      }
    }
  }

  /** A heap that is too small whatever happens: the kubelet hears of it. */
  @Test
  void withoutMemoryItEnds() throws Exception {
    try (StandInApiServer api = StandInApiServer.start()) {
      api.apply(NODE);
      for (int i = 0; i < 5_000; i++) {
        ObjectNode pod = pod("shop", "p" + i);
        pod.withObject("/metadata").putObject("labels").put("pod-template-hash", "h" + i);
        api.apply(pod);
      }
      try (ShippedExporter exporter = ShippedExporter.start(api, folder, "9m")) {
        assertThat(exporter.exitCode()).as(exporter.log()).isEqualTo(3);
      }
    }
  }

  /** 200 of each kind, which the server takes for clients until they show what they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /metrics?name[]=namespend_pod_request_hourly_cost HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void itServesBesideTwoHundredConnections(String request) throws IOException {
    List<Socket> others = new ArrayList<>();
    try (StandInApiServer api = StandInApiServer.start();
        ShippedExporter exporter = started(api)) {
      for (int i = 0; i < 2_000; i++) {
        api.apply(pod("large", "with-a-name-of-usual-length-" + i));
      }
      withinAMinute(() -> holds(exporter, 2_001));
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(
            new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), exporter.port()));
        others.add(socket);
        try {
          socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (SocketException e) {
          // Cut off already.
        }
      }

      assertThat(exporter.health("/-/healthy")).isEqualTo(200);
      assertThat(exporter.health("/-/ready")).isEqualTo(200);
      withinAMinute(() -> assertThat(exporter.page("/metrics")).startsWith("200 "));
      api.apply(pod("shop", "web-1"));
      isRight(api, exporter, 2_002);
    } finally {
      for (Socket socket : others) {
        socket.close();
      }
    }
  }

  private ShippedExporter started(StandInApiServer api) throws IOException {
    api.apply(NODE);
    api.apply(pod("shop", "web-0"));
    ShippedExporter exporter = ShippedExporter.start(api, folder, "");
    withinAMinute(() -> assertThat(exporter.health("/-/ready")).isEqualTo(200));
    assertThat(exporter.page("/metrics")).contains("pod=\"web-0\"");
    return exporter;
  }

  /** A pod ends and another begins. */
  private static void change(StandInApiServer api) {
    api.delete("apiVersion: v1\nkind: Pod\nmetadata: {name: web-0, namespace: shop}\n");
    api.apply(pod("shop", "web-1"));
  }

  /** Follows the cluster, is healthy, and within its memory. */
  private static void isRight(StandInApiServer api, ShippedExporter exporter, int pods)
      throws IOException {
    isRight(api, exporter, pods, LIMIT_MEBIBYTES);
  }

  private static void isRight(
      StandInApiServer api, ShippedExporter exporter, int pods, double mebibytes)
      throws IOException {
    withinAMinute(() -> holds(exporter, pods));
    api.apply(pod("shop", "more-than-" + pods));
    withinAMinute(
        () -> {
          holds(exporter, pods + 1);
          assertThat(exporter.page("/metrics"))
              .contains("namespend_cluster_sync_current{kind=\"pods\"} 1");
        });
    assertThat(exporter.health("/-/healthy")).isEqualTo(200);
    assertThat(exporter.health("/-/ready")).isEqualTo(200);
    assertThat(exporter.isAlive()).as(exporter.log()).isTrue();
    assertThat(exporter.peakMebibytes()).isLessThan(mebibytes);
  }

  private static void holds(ShippedExporter exporter, int pods) throws IOException {
    assertThat(exporter.page("/metrics"))
        .contains("namespend_cluster_sync_objects{kind=\"pods\"} " + pods + ".0\n");
  }

  /** The rows of issue 19's table that are objects. */
  private static List<ObjectNode> hostile() {
    List<ObjectNode> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ObjectNode pod = pod("evil", "owned-" + i);
      pod.withArray("/metadata/ownerReferences")
          .addObject()
          .put("kind", "ReplicaSet")
          .put("name", i + "x".repeat(900_000))
          .put("controller", true);
      all.add(pod);
    }
    ObjectNode deep = pod("evil", "deep");
    ObjectNode fields = deep.withObject("/metadata/managedFields/0/fieldsV1");
    for (int i = 0; i < 1_200; i++) {
      fields = fields.putObject("f:x");
    }
    all.add(deep);
    ObjectNode annotated = pod("evil", "annotated");
    annotated
        .withObject("/metadata/annotations")
        .put("CapacityProvisioned", "x".repeat(20_000_000));
    all.add(annotated);
    for (String amount : List.of("1000000", "-1", "NaN", "1e300", "9".repeat(900_000))) {
      ObjectNode pod = pod("evil", "amount-" + all.size());
      pod.withObject("/spec/containers/0/resources/requests").put("cpu", amount);
      all.add(pod);
    }
    for (int i = 0; i < 100; i++) {
      ObjectNode service = JsonNodeFactory.instance.objectNode();
      service.put("apiVersion", "v1").put("kind", "Service");
      service.putObject("metadata").put("name", "phantom-" + i).put("namespace", "evil");
      service
          .putObject("spec")
          .put("type", "LoadBalancer")
          .put("loadBalancerClass", "example.com/nobody");
      all.add(service);
    }
    ObjectNode many = pod("evil", "many");
    for (int i = 0; i < 50_000; i++) {
      many.withArray("/spec/containers").addObject().put("name", "c" + i);
    }
    all.add(many);
    return all;
  }

  /** A list in one page that goes on while it is attacked. */
  private static StandInApiServer.Fault endlessList(
      String namespace, AtomicBoolean attacked, AtomicLong sent) {
    return connection -> {
      OutputStream out = connection.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":["
              .getBytes(StandardCharsets.US_ASCII));
      String comma = "";
      while (attacked.get()) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 100; i++) {
          items
              .append(comma)
              .append("{\"metadata\":{\"name\":\"r")
              .append(sent.incrementAndGet())
              .append("\",\"namespace\":\"")
              .append(namespace)
              .append("\",\"resourceVersion\":\"1\"}}");
          comma = ",";
        }
        out.write(items.toString().getBytes(StandardCharsets.US_ASCII));
      }
    };
  }

  private static ObjectNode pod(String namespace, String name) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", name).put("namespace", namespace);
    pod.putObject("spec")
        .put("nodeName", "n1")
        .putArray("containers")
        .addObject()
        .put("name", "c")
        .putObject("resources")
        .putObject("requests")
        .put("cpu", "10m");
    pod.putObject("status").put("phase", "Running");
    return pod;
  }

  private static void withinAMinute(ThrowingCallable assertion) {
    within(60, assertion);
  }

  private static void within(int seconds, ThrowingCallable assertion) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (true) {
      try {
        assertion.call();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      } catch (Throwable e) {
        throw new AssertionError("failed while waiting", e);
      }
      LockSupport.parkNanos(50_000_000);
    }
  }
}
