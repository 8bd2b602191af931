package io.namespend.testbed.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.namespend.testbed.simulation.SimContainer;
import io.namespend.testbed.simulation.SimContainer.Role;
import io.namespend.testbed.simulation.SimNode;
import io.namespend.testbed.simulation.SimPod;
import io.namespend.testbed.simulation.SimWorkload;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The simulated cluster as the API server would list it. */
public final class ClusterObjects {
  private ClusterObjects() {}

  /** Nodes, namespaces, workloads, pods, and the ReplicaSets and Jobs between the last two. */
  public static List<HasMetadata> at(SimulatedCluster cluster, long second) {
    List<HasMetadata> objects = new ArrayList<>();
    cluster.nodesAt(second).forEach(node -> objects.add(node(node)));
    cluster
        .namespaces()
        .forEach(
            namespace ->
                objects.add(
                    new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace.name())
                        .withLabels(namespace.labels())
                        .withAnnotations(namespace.annotations())
                        .endMetadata()
                        .build()));
    Set<String> owners = new HashSet<>();
    Set<SimWorkload> workloads = new LinkedHashSet<>();
    for (SimPod pod : cluster.podsAt(second)) {
      objects.add(pod(pod, second));
      workloads.add(pod.workload());
      if (owners.add(pod.namespace() + "/" + pod.owner())) {
        owner(pod).ifPresent(objects::add);
      }
    }
    // A workload that was changed has pods of both templates for a while; the later one counts.
    Map<String, HasMetadata> byName = new LinkedHashMap<>();
    workloads.forEach(
        workload ->
            WorkloadObjects.of(workload)
                .ifPresent(
                    object ->
                        byName.put(
                            object.getKind() + "/" + workload.namespace() + "/" + workload.name(),
                            object)));
    objects.addAll(byName.values());
    return objects;
  }

  private static Node node(SimNode node) {
    Map<String, String> labels = new HashMap<>();
    labels.put("kubernetes.io/hostname", node.name());
    labels.put("kubernetes.io/os", "linux");
    String providerId = "";
    if (!node.instanceType().isEmpty()) {
      labels.put("kubernetes.io/arch", "amd64");
      labels.put("node.kubernetes.io/instance-type", node.instanceType());
      labels.put("topology.kubernetes.io/region", "us-east-1");
      labels.put("topology.kubernetes.io/zone", "us-east-1a");
      labels.put("karpenter.sh/capacity-type", node.spot() ? "spot" : "on-demand");
      labels.put("karpenter.sh/nodepool", node.nodeGroup());
      providerId = "aws:///us-east-1a/i-" + uid(node.name()).replace("-", "").substring(0, 17);
    }
    return new NodeBuilder()
        .withNewMetadata()
        .withName(node.name())
        .withUid(uid(node.name()))
        .withCreationTimestamp(time(node.start()))
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withProviderID(providerId)
        .endSpec()
        .withNewStatus()
        .withCapacity(amounts(node.cpuCores(), node.memoryBytes(), node.gpus()))
        .withAllocatable(amounts(node.allocatableCores(), node.allocatableBytes(), node.gpus()))
        .endStatus()
        .build();
  }

  private static Pod pod(SimPod pod, long second) {
    SimWorkload workload = pod.workload();
    Map<String, String> labels = new HashMap<>(workload.templateLabels());
    if (workload.kind().equals("Deployment")) {
      labels.put("pod-template-hash", pod.owner().substring(workload.name().length() + 1));
    }
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(pod.namespace())
        .withName(pod.name())
        .withUid(uid(pod.namespace() + "/" + pod.name()))
        .withCreationTimestamp(time(pod.start()))
        .withLabels(labels)
        .withOwnerReferences(podOwner(pod).stream().toList())
        .endMetadata()
        .withNewSpec()
        .withNodeName(pod.node().map(SimNode::name).orElse(null))
        .withInitContainers(containers(workload, Set.of(Role.INIT, Role.SIDECAR)))
        .withContainers(containers(workload, Set.of(Role.MAIN)))
        .endSpec()
        .withNewStatus()
        .withPhase(
            pod.node().isEmpty() ? "Pending" : pod.finishedAt(second) ? "Succeeded" : "Running")
        .withConditions(scheduled(pod))
        .withContainerStatuses(statuses(pod, second))
        .endStatus()
        .build();
  }

  private static List<PodCondition> scheduled(SimPod pod) {
    return pod.node().isEmpty()
        ? List.of()
        : List.of(
            new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus("True")
                .withLastTransitionTime(time(pod.start()))
                .build());
  }

  private static List<ContainerStatus> statuses(SimPod pod, long second) {
    return pod.node().isEmpty() || !pod.finishedAt(second)
        ? List.of()
        : pod.workload().containers().stream()
            .filter(container -> container.role() == Role.MAIN)
            .map(
                container ->
                    new ContainerStatusBuilder()
                        .withName(container.name())
                        .withNewState()
                        .withNewTerminated()
                        .withFinishedAt(time(pod.end()))
                        .endTerminated()
                        .endState()
                        .build())
            .toList();
  }

  private static String time(long second) {
    return Instant.ofEpochSecond(second).toString();
  }

  private static List<Container> containers(SimWorkload workload, Set<Role> roles) {
    return workload.containers().stream()
        .filter(container -> roles.contains(container.role()))
        .map(ClusterObjects::container)
        .toList();
  }

  private static Container container(SimContainer container) {
    return new ContainerBuilder()
        .withName(container.name())
        .withImage("registry.example/" + container.name() + ":1")
        .withRestartPolicy(container.role() == Role.SIDECAR ? "Always" : null)
        .withNewResources()
        .withRequests(
            container.cpuRequest() > 0
                ? amounts(container.cpuRequest(), container.memoryRequest(), container.gpus())
                : Map.of())
        .endResources()
        .build();
  }

  private static Optional<OwnerReference> podOwner(SimPod pod) {
    return switch (pod.workload().kind()) {
      case "Deployment" -> Optional.of(reference("apps/v1", "ReplicaSet", pod.owner()));
      case "CronJob" -> Optional.of(reference("batch/v1", "Job", pod.owner()));
      case "Pod" -> Optional.empty();
      default -> Optional.of(reference("apps/v1", pod.workload().kind(), pod.owner()));
    };
  }

  private static Optional<HasMetadata> owner(SimPod pod) {
    SimWorkload workload = pod.workload();
    return switch (workload.kind()) {
      case "Deployment" ->
          Optional.of(
              new ReplicaSetBuilder()
                  .withNewMetadata()
                  .withNamespace(pod.namespace())
                  .withName(pod.owner())
                  .withOwnerReferences(reference("apps/v1", "Deployment", workload.name()))
                  .endMetadata()
                  .build());
      case "CronJob" ->
          Optional.of(
              new JobBuilder()
                  .withNewMetadata()
                  .withNamespace(pod.namespace())
                  .withName(pod.owner())
                  .withOwnerReferences(reference("batch/v1", "CronJob", workload.name()))
                  .endMetadata()
                  .build());
      default -> Optional.empty();
    };
  }

  private static OwnerReference reference(String apiVersion, String kind, String name) {
    return new OwnerReferenceBuilder()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName(name)
        .withUid(uid(kind + "/" + name))
        .withController(true)
        .build();
  }

  /** GPUs are listed only where there are any, as device plugins do. */
  private static Map<String, Quantity> amounts(double cores, double bytes, int gpus) {
    Map<String, Quantity> amounts = new HashMap<>();
    amounts.put("cpu", new Quantity(Math.round(cores * 1000) + "m"));
    amounts.put("memory", new Quantity(Math.round(bytes / 1024) + "Ki"));
    if (gpus > 0) {
      amounts.put("nvidia.com/gpu", new Quantity(Integer.toString(gpus)));
    }
    return amounts;
  }

  private static String uid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
