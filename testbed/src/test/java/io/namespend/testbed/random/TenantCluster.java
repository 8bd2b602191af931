package io.namespend.testbed.random;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.testbed.cadvisor.SeriesText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random cluster in which the tenant of {@code ns0} edits at random what its rights let it edit:
 * everything in its namespaces but what controllers write (status, volumes), and on its namespaces
 * everything but the labels that administrators write (docs/security.md). Pods that run fit on
 * their nodes, as schedulers and kubelets see to; those that the tenant binds itself need not. What
 * runs uses no more than it requests, so that no usage is scaled down.
 */
final class TenantCluster {
  /** Of the tenant: its namespace and its team. */
  static final String NAMESPACE = "ns0";

  static final String TEAM = "t0";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int NAMESPACES = 4;
  private static final int NODES = 3;
  private static final double MILLIS = 1900;
  private static final double MIB = 7 * 1024;

  /**
   * None is under a glob of the policies: those names are the administrators' (docs/security.md).
   */
  private static final List<String> NAMES =
      List.of("t1", "ns1-copy", "ns", "idle", "unattributed", "unallocated", "x".repeat(63));

  private static final List<String> TEAMS =
      List.of("t0", "t1", "t2", "unattributed", "unallocated");
  private static final List<String> AMOUNTS =
      List.of("100m", "2", "1e6", "999999999999", "0", "1Ei", "0.000001", "9223372036854775807");
  private static final List<String> TEXTS =
      List.of(
          "", "\n", "\"} 1\nnode_total_hourly_cost{node=\"n0\"} 999", "é\\\"", "y".repeat(9_000));
  private static final List<String> ANNOTATIONS =
      List.of(
          "model=usage",
          "model=max",
          "daily-budget=999999999999",
          "monthly-budget=1e999",
          "planned-change=2000-01-01/9999-12-31",
          "slack-channel=#t1",
          "team=t1",
          "cost-center=cc-1",
          "environment=\u0000",
          "unknown=x");

  private final Random random;
  private final List<ObjectNode> objects = new ArrayList<>();
  private final Set<String> own = new TreeSet<>(List.of(NAMESPACE));
  private final List<String> edits = new ArrayList<>();
  private final List<String> prices = new ArrayList<>();

  /** Room for pods, by node. */
  private final Map<String, double[]> room = new TreeMap<>();

  /** Cores and MiB of pods that are measured, by the pod. */
  private final IdentityHashMap<ObjectNode, double[]> used = new IdentityHashMap<>();

  private int made;

  TenantCluster(Random random) {
    this.random = random;
    prices.add("kind,node,storage_class,price,per");
    prices.add("volume,,gp3,0.0001,hour");
    prices.add("load-balancer,,,0.0225,hour");
    prices.add("control-plane,,,0.1,hour");
    for (int i = 0; i < NODES; i++) {
      String name = "n" + i;
      ObjectNode node = object("Node", "", name);
      int gpus = i == 0 ? 1 : 0;
      amounts(node.withObject("/status/capacity"), "2", "8Gi", gpus);
      amounts(node.withObject("/status/allocatable"), "1900m", "7Gi", gpus);
      room.put(name, new double[] {MILLIS, MIB});
      prices.add("node,%s,,%s,hour".formatted(name, (1 + random.nextInt(40)) / 100.0));
    }
    for (int i = 0; i < NAMESPACES; i++) {
      String namespace = "ns" + i;
      object("Namespace", "", namespace)
          .withObject("/metadata/labels")
          .put("team", "t" + i)
          .put("cost-center", "cc-" + i);
      IntStream.rangeClosed(0, random.nextInt(3)).forEach(pod -> run(namespace));
      if (random.nextBoolean()) {
        balancer(namespace);
      }
      if (random.nextBoolean()) {
        volume(namespace, 1 + random.nextInt(100) + "Gi");
      }
    }
  }

  /** As {@code kubectl get -o json} writes it. */
  String dump() {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    list.putArray("items").addAll(objects);
    return list.toString();
  }

  List<String> prices() {
    return List.copyOf(prices);
  }

  /** What kubelets say. */
  List<FedSeries> measured() {
    List<FedSeries> series = new ArrayList<>();
    used.forEach(
        (pod, usage) -> {
          List<String> labels = new ArrayList<>();
          labels.addAll(List.of("namespace", pod.at("/metadata/namespace").asText()));
          labels.addAll(List.of("pod", pod.at("/metadata/name").asText()));
          labels.addAll(List.of("container", "c", "id", "/" + pod.at("/metadata/uid").asText()));
          labels.addAll(List.of("node", pod.at("/spec/nodeName").asText()));
          series.add(
              FedSeries.gauge(
                  SeriesText.of("container_memory_working_set_bytes", labels),
                  usage[1] * (1 << 20)));
          series.add(
              FedSeries.counter(
                  SeriesText.of("container_cpu_usage_seconds_total", labels), usage[0] / 1000));
        });
    return series;
  }

  boolean isOwn(String namespace) {
    return own.contains(namespace);
  }

  /** What the tenant did, for people. */
  String edits() {
    return edits.stream()
        .map(edit -> edit.length() > 300 ? edit.substring(0, 300) + "..." : edit)
        .collect(Collectors.joining("\n  ", "edits:\n  ", ""));
  }

  void edit() {
    String namespace = pick(List.copyOf(own));
    switch (random.nextInt(12)) {
      case 0 -> said("runs", run(namespace));
      case 1 -> said("binds", bound(namespace));
      case 2 -> {
        ObjectNode pod = bound(namespace);
        said("binds", label(named(pod, pick(List.of("ns1-0", "n0", "z".repeat(253))))));
      }
      case 3 ->
          said(
              "claims as another's",
              owned(random.nextBoolean() ? run(namespace) : bound(namespace)));
      case 4 -> said("wants", wanted(namespace));
      case 5 -> said("gets", balancer(namespace));
      case 6 -> said("annotates", annotated(namespace));
      case 7 -> {
        String name = pick(NAMES);
        if (own.add(name)) {
          object("Namespace", "", name);
          said("annotates", annotated(name));
          said("runs", run(name));
        }
      }
      case 8 -> said("gets", volume(namespace, pick(List.of("1Gi", "16Ti", "1Ei"))));
      case 9 -> {
        String kind = pick(List.of("Job", "CronJob", "Deployment", "ReplicaSet"));
        said("makes", owned(named(object(kind, namespace, "w" + made), "ns1-0")));
      }
      case 10 ->
          objects.stream()
              .filter(object -> object.at("/metadata/namespace").asText().equals(namespace))
              .filter(object -> random.nextBoolean())
              .forEach(object -> said("labels", label(object)));
      default -> delete(namespace);
    }
  }

  private void said(String verb, ObjectNode object) {
    edits.add(verb + " " + object);
  }

  /** A pod that a scheduler finds a node for, if there is room on any. */
  private ObjectNode run(String namespace) {
    double millis = 50 + 50 * random.nextInt(8);
    double mib = 64 + 64 * random.nextInt(16);
    List<String> nodes =
        room.entrySet().stream()
            .filter(each -> each.getValue()[0] >= millis && each.getValue()[1] >= mib)
            .map(Map.Entry::getKey)
            .toList();
    if (nodes.isEmpty()) {
      return pod(namespace, "", "50m", "64Mi");
    }
    String node = pick(nodes);
    double[] left = Objects.requireNonNull(room.get(node));
    left[0] -= millis;
    left[1] -= mib;
    ObjectNode pod = pod(namespace, node, (int) millis + "m", (int) mib + "Mi");
    ObjectNode status = pod.withObject("/status");
    status.put("phase", "Running").put("startTime", "2026-11-20T07:00:00Z");
    if (random.nextInt(5) > 0) {
      double part = 0.2 + 0.8 * random.nextDouble();
      used.put(pod, new double[] {millis * part, mib * part});
    }
    return pod;
  }

  /** A pod that the tenant binds to a node itself, past the scheduler. */
  private ObjectNode bound(String namespace) {
    ObjectNode pod =
        pod(namespace, pick(List.of("n0", "n1", "n2", "elsewhere")), pick(AMOUNTS), pick(AMOUNTS));
    if (random.nextInt(3) == 0) {
      ((ObjectNode) pod.at("/spec/containers/0/resources/requests"))
          .put("nvidia.com/gpu", pick(List.of("1", "1000")));
    }
    return pod;
  }

  private ObjectNode pod(String namespace, String node, String cpu, String memory) {
    ObjectNode pod = object("Pod", namespace, namespace + "-" + made);
    ObjectNode spec = pod.withObject("/spec");
    if (!node.isEmpty()) {
      spec.put("nodeName", node);
    }
    ObjectNode container = spec.putArray("containers").addObject().put("name", "c");
    amounts(container.withObject("/resources/requests"), cpu, memory, 0);
    pod.withObject("/status").put("phase", "Pending");
    return pod;
  }

  private static void amounts(ObjectNode amounts, String cpu, String memory, int gpus) {
    amounts.put("cpu", cpu).put("memory", memory);
    if (gpus > 0) {
      amounts.put("nvidia.com/gpu", Integer.toString(gpus));
    }
  }

  /** By workloads of others, and by what is not there. */
  private ObjectNode owned(ObjectNode object) {
    label(object)
        .withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", pick(List.of("ReplicaSet", "Job", "Node", "StatefulSet", "z".repeat(300))))
        .put("name", pick(List.of("ns1-0", "n0", "web", "z".repeat(200_000))))
        .put("uid", "1")
        .put("controller", true);
    return object;
  }

  private ObjectNode label(ObjectNode object) {
    ObjectNode metadata = object.withObject("/metadata");
    metadata
        .withObject("/labels")
        .put("team", pick(TEAMS))
        .put("cost-center", pick(List.of("cc-1", "cc-9")))
        .put("environment", pick(TEXTS))
        .put("app.kubernetes.io/part-of", pick(TEXTS))
        .put("eks.amazonaws.com/fargate-profile", "x")
        .put("pod-template-hash", pick(TEXTS));
    metadata
        .withObject("/annotations")
        .put("CapacityProvisioned", "96vCPU 700GB")
        .put("note", pick(TEXTS));
    return object;
  }

  /** A balancer that no cloud makes. */
  private ObjectNode wanted(String namespace) {
    ObjectNode service = object("Service", namespace, "s" + made);
    service
        .withObject("/spec")
        .put("type", "LoadBalancer")
        .put("loadBalancerClass", pick(List.of("nobody.example.com/x", "service.k8s.aws/nlb")))
        .put("loadBalancerIP", "10.0.0.1");
    return label(service);
  }

  private ObjectNode balancer(String namespace) {
    ObjectNode service = object("Service", namespace, "s" + made);
    service.withObject("/spec").put("type", "LoadBalancer");
    service
        .withObject("/status/loadBalancer")
        .putArray("ingress")
        .addObject()
        .put("hostname", "x%d-1.elb.us-east-1.amazonaws.com".formatted(made));
    return service;
  }

  /** As a provisioner makes it for a claim. */
  private ObjectNode volume(String namespace, String size) {
    ObjectNode volume = object("PersistentVolume", "", "pv" + made);
    ObjectNode spec = volume.withObject("/spec").put("storageClassName", "gp3");
    spec.withObject("/capacity").put("storage", size);
    spec.withObject("/csi").put("driver", "ebs.csi.aws.com").put("volumeHandle", "vol-" + made);
    spec.withObject("/claimRef").put("namespace", namespace).put("name", "c" + made);
    volume.withObject("/status").put("phase", "Bound");
    return volume;
  }

  private ObjectNode annotated(String namespace) {
    ObjectNode found =
        objects.stream()
            .filter(object -> object.path("kind").asText().equals("Namespace"))
            .filter(object -> object.at("/metadata/name").asText().equals(namespace))
            .findFirst()
            .orElseThrow();
    String[] annotation = pick(ANNOTATIONS).split("=", 2);
    found
        .withObject("/metadata/annotations")
        .put("namespend.io/" + annotation[0], annotation[1])
        .put("note", pick(TEXTS));
    return found;
  }

  private void delete(String namespace) {
    List<ObjectNode> gone =
        objects.stream()
            .filter(object -> object.at("/metadata/namespace").asText().equals(namespace))
            .filter(object -> random.nextInt(3) == 0)
            .toList();
    objects.removeAll(gone);
    gone.forEach(used::remove);
    edits.add("deletes %d objects".formatted(gone.size()));
  }

  /** In place of the object that has the name. */
  private ObjectNode named(ObjectNode object, String name) {
    List<ObjectNode> before =
        objects.stream()
            .filter(each -> each.path("kind").equals(object.path("kind")))
            .filter(each -> each.at("/metadata/namespace").equals(object.at("/metadata/namespace")))
            .filter(each -> each.at("/metadata/name").asText().equals(name))
            .toList();
    objects.removeAll(before);
    before.forEach(used::remove);
    object.withObject("/metadata").put("name", name);
    return object;
  }

  private ObjectNode object(String kind, String namespace, String name) {
    made++;
    ObjectNode object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", kind);
    object.withObject("/metadata").put("name", name).put("uid", "u" + made);
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
