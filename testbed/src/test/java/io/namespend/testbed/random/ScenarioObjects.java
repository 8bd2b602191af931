package io.namespend.testbed.random;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Amount;
import io.namespend.testbed.model.Scenario.Claim;
import io.namespend.testbed.model.Scenario.LoadBalancer;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A scenario as the API server would list it, and the price sheet for it. */
final class ScenarioObjects {
  /** What names a node's group. */
  static final String GROUP_LABEL = "karpenter.sh/nodepool";

  private static final int VOLUME_GIB = 8;

  private static final Instant FIRST = Instant.parse("2026-11-20T00:00:00Z");

  private final Scenario scenario;

  ScenarioObjects(Scenario scenario) {
    this.scenario = scenario;
  }

  List<HasMetadata> list() {
    List<HasMetadata> objects = new ArrayList<>();
    scenario.nodes().forEach(node -> objects.add(node(node)));
    scenario.namespaces().forEach(namespace -> objects.add(namespace(namespace)));
    scenario.pods().stream()
        .filter(pod -> pod.phase() != Phase.UNSEEN)
        .forEach(
            pod -> {
              objects.add(pod(pod));
              if (pod.workloadType().equals("deployment")) {
                objects.add(replicaSet(pod));
              }
            });
    scenario.claims().forEach(claim -> objects.add(claimed(claim)));
    for (int i = 0; i < scenario.unclaimedVolumes().size(); i++) {
      objects.add(volume("unclaimed-" + i).build());
    }
    scenario.loadBalancers().forEach(balancer -> objects.add(service(balancer)));
    return objects;
  }

  /** In CSV. */
  List<String> priceSheet() {
    List<String> sheet = new ArrayList<>();
    sheet.add("kind,node,storage_class,price,per");
    for (Node node : scenario.nodes()) {
      node.price().ifPresent(price -> sheet.add("node,%s,,%s,hour".formatted(node.name(), price)));
    }
    for (Claim claim : scenario.claims()) {
      sheet.add("volume,,%s,%s,hour".formatted(claim.name(), claim.price() / VOLUME_GIB));
    }
    for (int i = 0; i < scenario.unclaimedVolumes().size(); i++) {
      double price = scenario.unclaimedVolumes().get(i) / VOLUME_GIB;
      sheet.add("volume,,unclaimed-%d,%s,hour".formatted(i, price));
    }
    sheet.add("load-balancer,,,%s,hour".formatted(LoadBalancer.PRICE));
    if (scenario.controlPlane() > 0) {
      sheet.add("control-plane,,,%s,hour".formatted(scenario.controlPlane()));
    }
    return sheet;
  }

  private static HasMetadata node(Node node) {
    Amount capacity = node.capacity();
    Amount reserved = node.reserved();
    Map<String, Quantity> allocatable =
        quantities(
            new Amount(
                capacity.millis() - reserved.millis(),
                capacity.mib() - reserved.mib(),
                capacity.gpus() - reserved.gpus()));
    if (capacity.gpus() > 0) {
      // As kubelets say it: a GPU that is not mentioned is one that no device plugin reports yet.
      allocatable.putIfAbsent("nvidia.com/gpu", new Quantity("0"));
    }
    return new NodeBuilder()
        .withNewMetadata()
        .withName(node.name())
        .addToLabels("karpenter.sh/capacity-type", node.spot() ? "spot" : "on-demand")
        .addToLabels(node.group().isEmpty() ? Map.of() : Map.of(GROUP_LABEL, node.group()))
        .endMetadata()
        .withNewStatus()
        .withCapacity(quantities(capacity))
        .withAllocatable(allocatable)
        .endStatus()
        .build();
  }

  private static HasMetadata namespace(Namespace namespace) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(namespace.name())
        .endMetadata()
        .build();
  }

  /** Scheduled in the order of the scenario, which is not that of names. */
  private HasMetadata pod(Pod pod) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(pod.namespace())
        .withName(pod.name())
        .withCreationTimestamp(FIRST.plusSeconds(scenario.pods().indexOf(pod)).toString())
        .withOwnerReferences(
            switch (pod.workloadType()) {
              case "deployment" -> List.of(reference("ReplicaSet", replicaSetName(pod)));
              case "statefulset" -> List.of(reference("StatefulSet", pod.workload()));
              default -> List.of();
            })
        .endMetadata()
        .withNewSpec()
        .withNodeName(pod.node().isEmpty() ? null : pod.node())
        .withContainers(
            pod.containers().stream()
                .map(
                    container ->
                        new ContainerBuilder()
                            .withName(container.name())
                            .withNewResources()
                            .withRequests(quantities(container.request()))
                            .endResources()
                            .build())
                .toList())
        .endSpec()
        .withNewStatus()
        .withPhase(
            switch (pod.phase()) {
              case PENDING -> "Pending";
              case RUNNING, UNSEEN -> "Running";
              case FINISHED -> "Succeeded";
            })
        .endStatus()
        .build();
  }

  private static HasMetadata replicaSet(Pod pod) {
    return new ReplicaSetBuilder()
        .withNewMetadata()
        .withNamespace(pod.namespace())
        .withName(replicaSetName(pod))
        .withOwnerReferences(reference("Deployment", pod.workload()))
        .endMetadata()
        .build();
  }

  private static String replicaSetName(Pod pod) {
    return pod.workload() + "-7d9f";
  }

  private static OwnerReference reference(String kind, String name) {
    return new OwnerReferenceBuilder()
        .withApiVersion("apps/v1")
        .withKind(kind)
        .withName(name)
        .withUid(kind + "/" + name)
        .withController(true)
        .build();
  }

  private static HasMetadata claimed(Claim claim) {
    return volume(claim.name())
        .editSpec()
        .withNewClaimRef()
        .withNamespace(claim.namespace())
        .withName(claim.name())
        .endClaimRef()
        .endSpec()
        .withNewStatus()
        .withPhase("Bound")
        .endStatus()
        .build();
  }

  /** Each has a storage class of its own, for its price. */
  private static PersistentVolumeBuilder volume(String name) {
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withStorageClassName(name)
        .addToCapacity("storage", new Quantity(VOLUME_GIB + "Gi"))
        .endSpec();
  }

  private static HasMetadata service(LoadBalancer balancer) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(balancer.namespace())
        .withName(balancer.service())
        .endMetadata()
        .withNewSpec()
        .withType("LoadBalancer")
        .endSpec()
        .withNewStatus()
        .withNewLoadBalancer()
        .addNewIngress()
        .withHostname(
            "%s-%s.elb.us-east-1.amazonaws.com".formatted(balancer.namespace(), balancer.service()))
        .endIngress()
        .endLoadBalancer()
        .endStatus()
        .build();
  }

  private static Map<String, Quantity> quantities(Amount amount) {
    Map<String, Quantity> quantities = new HashMap<>();
    if (amount.millis() > 0) {
      quantities.put("cpu", new Quantity(amount.millis() + "m"));
    }
    if (amount.mib() > 0) {
      quantities.put("memory", new Quantity(amount.mib() + "Mi"));
    }
    if (amount.gpus() > 0) {
      quantities.put("nvidia.com/gpu", new Quantity(Integer.toString(amount.gpus())));
    }
    return quantities;
  }
}
