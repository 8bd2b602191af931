package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tenant's random edits in random clusters: nothing that is said of others may change, and nobody
 * else may be charged. The tenant may write everything in its namespaces, and on them everything
 * but the labels of their owner, which administrators write (docs/security.md). Failures name the
 * seed.
 */
class TenantEditsTest {
  private static final int CLUSTERS = 300;
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  /** What of the whole cluster a tenant's own objects change. */
  private static final String WHOLE =
      "namespend_(workloads|namespaces)_without_label|namespend_unpriced_|namespend_estimated_"
          + "|namespend_published_|namespend_node_requested|pv_hourly_cost";

  private static final List<String> NAMES =
      List.of("ci-evil", "kube-foo", "kube-system-2", "t1", "ns1-copy", "idle", "x".repeat(63));
  private static final List<String> TEAMS = List.of("t0", "t1", "t2", "t3", "unattributed", "new");
  private static final List<String> AMOUNTS =
      List.of("100m", "2", "1e6", "999999999999", "0", "1Ei", "0.000001");
  private static final Map<String, List<String>> ANNOTATIONS =
      Map.of(
          "model", List.of("usage", "request", "max", "fair"),
          "daily-budget", List.of("1", "999999999999", "-1", "1e999"),
          "monthly-budget", List.of("5", "999999999999"),
          "planned-change",
              List.of(
                  "2026-11-20", "2000-01-01/9999-12-31", "2026-12-01/+999999999-12-31", "tomorrow"),
          "slack-channel", List.of("#attacker", "#t1", "C0123456789"),
          "team", TEAMS,
          "cost-center", List.of("cc-0", "cc-1", "cc-2"),
          "environment", List.of("prod", "\u0000", "y".repeat(5_000)),
          "product", List.of("x"),
          "unknown", List.of("y"));

  @TempDir private Path folder;

  @Test
  void changeNothingOfOthers() throws IOException {
    List<Policy> policies =
        List.of(
            Policy.defaults(),
            policy("ownership: {workloads: own}"),
            policy(
                """
                budgets: [{namespace: "*", daily: 50, monthly: 1000}]
                pools: [{name: ci, namespaces: ["ci-*"]}, {name: platform, namespaces: ["kube-*"], split: even}]
                """));
    for (int seed = 0; seed < CLUSTERS; seed++) {
      try {
        check(new Random(seed), policies.get(seed % policies.size()));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void check(Random random, Policy policy) {
    Cluster cluster = new Cluster(random);
    List<String> before = lines(cluster.yaml(), policy);
    for (int edits = 1 + random.nextInt(12); edits > 0; edits--) {
      cluster.edit();
    }
    List<String> after = lines(cluster.yaml(), policy);

    Set<String> changed = new TreeSet<>(ofOthers(before, cluster));
    Set<String> now = ofOthers(after, cluster);
    Set<String> same = new TreeSet<>(changed);
    same.retainAll(now);
    changed.addAll(now);
    changed.removeAll(same);
    assertThat(changed).as("series of others that came, went or changed").isEmpty();
    for (String line : after) {
      String namespace = label(line, "namespace");
      String team = label(line, "team");
      if (line.startsWith("namespend_slack_channel_info")) {
        assertThat(namespace).as(line).isEqualTo("ns" + team.substring(1));
      }
      boolean isCharge =
          line.startsWith("namespend_workload_owner_info")
              || line.startsWith("namespend_namespace_info");
      // A namespace that nobody labelled says itself whose it is: docs/security.md.
      if (isCharge && namespace.matches("ns[0-3]")) {
        assertThat(team).as(line).isEqualTo("t" + namespace.substring(2));
        assertThat(label(line, "cost_center")).as(line).isEqualTo("cc-" + namespace.substring(2));
      }
    }
  }

  private static List<String> lines(String yaml, Policy policy) {
    return Exposition.text(
            Exposition.metrics(Map.of("m5.large", 0.1), true, policy)
                .of(ClusterYaml.snapshot(yaml, policy.ownership().labelNames()), NOW))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  /** Sorted. */
  private static Set<String> ofOthers(List<String> lines, Cluster cluster) {
    return lines.stream()
        .filter(line -> !line.matches("(" + WHOLE + ").*"))
        .filter(line -> cluster.own.stream().noneMatch(label(line, "namespace")::equals))
        .filter(line -> cluster.own.stream().noneMatch(label(line, "name")::equals))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String label(String line, String name) {
    return line.matches(".*[{,]" + name + "=\".*")
        ? line.replaceFirst(".*[{,]" + name + "=\"([^\"]*)\".*", "$1")
        : "";
  }

  private Policy policy(String yaml) throws IOException {
    return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), NOW).policy();
  }

  /** The tenant is ns0, of team t0. */
  private static final class Cluster {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    private final Random random;
    private final List<ObjectNode> objects = new ArrayList<>();
    private final Set<String> own = new TreeSet<>(List.of("ns0"));
    private int made;

    Cluster(Random random) {
      this.random = random;
      for (int node = 0; node < 3; node++) {
        ObjectNode object = object("Node", "", "n" + node);
        object
            .withObject("/metadata/labels")
            .put("node.kubernetes.io/instance-type", "m5.large")
            .put("topology.kubernetes.io/region", "us-east-1");
        object.withObject("/status/capacity").put("cpu", "2").put("memory", "8Gi");
        object.withObject("/status/allocatable").put("cpu", "1900m").put("memory", "7Gi");
      }
      for (int i = 0; i < 4; i++) {
        object("Namespace", "", "ns" + i)
            .withObject("/metadata/labels")
            .put("team", "t" + i)
            .put("cost-center", "cc-" + i);
        for (int pods = random.nextInt(4); pods > 0; pods--) {
          pod("ns" + i, List.of("100m", "150m"));
        }
        if (random.nextBoolean()) {
          service("ns" + i).withObject("/spec").put("type", "LoadBalancer");
        }
      }
    }

    String yaml() {
      return objects.stream().map(ObjectNode::toString).collect(Collectors.joining("\n---\n"));
    }

    void edit() {
      String namespace = pick(List.copyOf(own));
      switch (random.nextInt(8)) {
        case 0 -> pod(namespace, AMOUNTS);
        case 1 -> label(pod(namespace, AMOUNTS));
        case 2 -> ownedPod(namespace);
        case 3 -> {
          ObjectNode service = service(namespace);
          service
              .withObject("/spec")
              .put("type", "LoadBalancer")
              .put(
                  "loadBalancerClass",
                  pick(List.of("nobody.example.com/x", "service.k8s.aws/nlb")));
          label(service);
        }
        case 4 -> annotate(namespace);
        case 5 -> {
          String name = pick(NAMES);
          if (own.add(name)) {
            object("Namespace", "", name);
            annotate(name);
            pod(name, AMOUNTS);
          }
        }
        case 6 -> volume(namespace);
        default ->
            objects.removeIf(
                object ->
                    object.at("/metadata/namespace").asText().equals(namespace)
                        && random.nextInt(3) == 0);
      }
    }

    private ObjectNode pod(String namespace, List<String> amounts) {
      ObjectNode pod = object("Pod", namespace, "p" + made);
      pod.withObject("/spec").put("nodeName", pick(List.of("n0", "n1", "n2", "elsewhere")));
      ObjectNode requests =
          pod.withObject("/spec")
              .putArray("containers")
              .addObject()
              .put("name", "c")
              .withObject("/resources/requests");
      requests.put("cpu", pick(amounts)).put("memory", pick(amounts));
      if (random.nextInt(4) == 0) {
        requests.put("nvidia.com/gpu", pick(List.of("1", "1000")));
      }
      return pod;
    }

    /** By workloads of others, and by what is not there. */
    private void ownedPod(String namespace) {
      ObjectNode pod = pod(namespace, AMOUNTS);
      label(pod);
      pod.withObject("/metadata")
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", "apps/v1")
          .put("kind", pick(List.of("ReplicaSet", "Job", "Node", "Runner")))
          .put("name", pick(List.of("p0", "p1", "web", "z".repeat(300))))
          .put("uid", "1")
          .put("controller", true);
    }

    private void label(ObjectNode object) {
      object
          .withObject("/metadata/labels")
          .put("team", pick(TEAMS))
          .put("environment", pick(List.of("prod", "test")));
      if (random.nextBoolean()) {
        object.withObject("/metadata/labels").put("cost-center", pick(List.of("cc-1", "cc-9")));
      }
    }

    private void annotate(String namespace) {
      String key = pick(List.copyOf(new TreeSet<>(ANNOTATIONS.keySet())));
      String value = pick(ANNOTATIONS.getOrDefault(key, List.of()));
      objects.stream()
          .filter(object -> object.path("kind").asText().equals("Namespace"))
          .filter(object -> object.at("/metadata/name").asText().equals(namespace))
          .forEach(
              object ->
                  object.withObject("/metadata/annotations").put("namespend.io/" + key, value));
    }

    private ObjectNode service(String namespace) {
      ObjectNode service = object("Service", namespace, "s" + made);
      service
          .withObject("/status/loadBalancer")
          .putArray("ingress")
          .addObject()
          .put("hostname", "x%d-1.elb.us-east-1.amazonaws.com".formatted(made));
      return service;
    }

    /** As a provisioner makes it for a claim. */
    private void volume(String namespace) {
      ObjectNode volume = object("PersistentVolume", "", "pv" + made);
      ObjectNode spec = volume.withObject("/spec");
      spec.withObject("/capacity").put("storage", pick(List.of("1Gi", "1Ei", "16Ti")));
      spec.withObject("/csi").put("driver", "ebs.csi.aws.com").put("volumeHandle", "vol-" + made);
      spec.withObject("/claimRef").put("namespace", namespace).put("name", "c" + made);
    }

    private ObjectNode object(String kind, String namespace, String name) {
      made++;
      ObjectNode object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", kind);
      object
          .withObject("/metadata")
          .put("name", name)
          .put("creationTimestamp", BEGIN.plusSeconds(made).toString());
      if (!namespace.isEmpty()) {
        object.withObject("/metadata").put("namespace", namespace);
      }
      objects.add(object);
      return object;
    }

    private String pick(List<String> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
