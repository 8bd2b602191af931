package io.namespend.exporter.cluster.json;

import static io.namespend.exporter.cluster.json.Kind.Scope.CLUSTER;
import static io.namespend.exporter.cluster.json.Kind.Scope.NAMESPACE;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of Kubernetes objects that are watched, and what is lost without each. */
public enum Kind {
  NODES(
      "Node",
      "",
      CLUSTER,
      Content.WHOLE,
      "nothing can be published",
      "metadata.annotations.[kwok.x-k8s.io/node]",
      "spec.providerID",
      "spec.taints.key",
      "spec.taints.value",
      "status.capacity",
      "status.allocatable",
      "status.nodeInfo.kubeletVersion",
      "status.nodeInfo.operatingSystem",
      "status.nodeInfo.osImage"),
  PODS(
      "Pod",
      "",
      NAMESPACE,
      Content.WHOLE,
      "nothing can be published",
      "metadata.annotations.CapacityProvisioned",
      "metadata.deletionGracePeriodSeconds",
      "metadata.deletionTimestamp",
      "metadata.generateName",
      "spec.nodeName",
      "spec.containers.name",
      "spec.containers.resources.requests",
      "spec.initContainers.name",
      "spec.initContainers.resources.requests",
      "spec.initContainers.restartPolicy",
      "spec.overhead",
      "spec.resources.requests",
      "spec.terminationGracePeriodSeconds",
      "status.conditions.lastTransitionTime",
      "status.conditions.reason",
      "status.conditions.status",
      "status.conditions.type",
      "status.containerStatuses.allocatedResources",
      "status.containerStatuses.name",
      "status.containerStatuses.resources.requests",
      "status.containerStatuses.state.terminated.finishedAt",
      "status.initContainerStatuses.allocatedResources",
      "status.initContainerStatuses.name",
      "status.initContainerStatuses.resources.requests",
      "status.initContainerStatuses.state.terminated.finishedAt",
      "status.phase",
      "status.startTime"),
  NAMESPACES(
      "Namespace",
      "",
      CLUSTER,
      Content.METADATA,
      "owners by namespace are unknown; the namespaces of pods count",
      "metadata.annotations"),
  DEPLOYMENTS("Deployment", "apps", "owners by labels of Deployments are unknown"),
  REPLICASETS("ReplicaSet", "apps", "Deployments are guessed from names of ReplicaSets"),
  STATEFULSETS("StatefulSet", "apps", "owners by labels of StatefulSets are unknown"),
  DAEMONSETS("DaemonSet", "apps", "owners by labels of DaemonSets are unknown"),
  JOBS("Job", "batch", "CronJobs are guessed from names of Jobs"),
  CRONJOBS("CronJob", "batch", "owners by labels of CronJobs are unknown"),
  PERSISTENTVOLUMES(
      "PersistentVolume",
      "",
      CLUSTER,
      Content.WHOLE,
      "volumes cost nothing",
      "spec",
      "status.phase"),
  STORAGECLASSES(
      "StorageClass",
      "storage.k8s.io",
      CLUSTER,
      Content.WHOLE,
      "types of volumes are guessed",
      "parameters"),
  SERVICES(
      "Service",
      "",
      NAMESPACE,
      Content.WHOLE,
      "load balancers of Services cost nothing",
      "metadata.annotations",
      "spec.loadBalancerClass",
      "spec.ports.port",
      "spec.ports.protocol",
      "spec.type",
      "status.loadBalancer"),
  INGRESSES(
      "Ingress",
      "networking.k8s.io",
      NAMESPACE,
      Content.WHOLE,
      "load balancers of Ingresses cost nothing",
      "metadata.annotations",
      "spec.ingressClassName",
      "status.loadBalancer"),
  GATEWAYS(
      "Gateway",
      "gateway.networking.k8s.io",
      NAMESPACE,
      Content.WHOLE,
      "load balancers of Gateways cost nothing",
      "spec.gatewayClassName",
      "spec.listeners.port",
      "spec.listeners.protocol",
      "status.addresses"),
  RESOURCECLAIMS(
      "ResourceClaim",
      "resource.k8s.io",
      NAMESPACE,
      Content.WHOLE,
      "GPUs that pods claim count as idle",
      "status.allocation.devices.results",
      "status.reservedFor"),
  RESOURCESLICES(
      "ResourceSlice",
      "resource.k8s.io",
      CLUSTER,
      Content.WHOLE,
      "GPU slices that pods claim are inferred from their names only",
      "spec.devices",
      "spec.driver",
      "spec.nodeName",
      "spec.pool.name");

  /** What is asked for of each object. */
  private enum Content {
    WHOLE,
    METADATA
  }

  /** What all kinds have. */
  private static final class Metadata {
    static final String[] KEPT = {
      "metadata.creationTimestamp",
      "metadata.name",
      "metadata.namespace",
      "metadata.resourceVersion",
      "metadata.labels",
      "metadata.ownerReferences.controller",
      "metadata.ownerReferences.kind",
      "metadata.ownerReferences.name"
    };
  }

  /** Where names are unique. */
  enum Scope {
    CLUSTER,
    NAMESPACE
  }

  public static final String JSON = "application/json";

  private final String singular;
  private final String group;
  private final Scope scope;
  private final Content content;
  private final String lost;

  @SuppressWarnings("ImmutableEnumChecker") // filled by its maker only
  private final KeptFields kept;

  /** What owns pods: of it metadata, and what says which labels its pods will have. */
  Kind(String singular, String group, String lost) {
    this(
        singular,
        group,
        NAMESPACE,
        Content.METADATA,
        lost,
        "spec.template.metadata.labels",
        "spec.jobTemplate.spec.template.metadata.labels");
  }

  /**
   * @param kept fields that costs depend on, beside metadata
   */
  Kind(String singular, String group, Scope scope, Content content, String lost, String... kept) {
    this.singular = singular;
    this.group = group;
    this.scope = scope;
    this.content = content;
    this.lost = lost;
    this.kept =
        KeptFields.of(
            Stream.concat(Stream.of(Metadata.KEPT), Stream.of(kept)).toArray(String[]::new));
  }

  /** The kind that objects name so, if costs depend on it. */
  public static Optional<Kind> named(String singular) {
    return Stream.of(values()).filter(kind -> kind.singular.equals(singular)).findFirst();
  }

  /** Whether its objects are in namespaces. */
  boolean isNamespaced() {
    return scope == NAMESPACE;
  }

  /** What costs depend on. */
  public KeptFields kept() {
    return kept;
  }

  /** The name in objects: {@code Deployment}. */
  public String singular() {
    return singular;
  }

  /** The name in addresses, permissions and metric labels. */
  public String plural() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for the core group. */
  public String group() {
    return group;
  }

  /** What is missing without this kind, for people. */
  public String lost() {
    return lost;
  }

  /** What a kept object and its series take of the heap, roughly; of pods it was measured. */
  public int bytes() {
    return switch (this) {
      case NODES -> 2_000;
      case PODS -> 800;
      case NAMESPACES -> 1_000;
      case PERSISTENTVOLUMES -> 600;
      case DEPLOYMENTS, REPLICASETS, STATEFULSETS, DAEMONSETS, JOBS, CRONJOBS -> 300;
      case STORAGECLASSES, SERVICES, INGRESSES, GATEWAYS, RESOURCECLAIMS -> 300;
      case RESOURCESLICES -> 4_000;
    };
  }

  /** Whether without this kind no figure would be worth publishing. */
  public boolean isEssential() {
    return this == NODES || this == PODS;
  }

  /** Whether an API server may well not have it, and nothing is amiss then. */
  public boolean isOptional() {
    return this == GATEWAYS || this == RESOURCECLAIMS || this == RESOURCESLICES;
  }

  /** The path of all objects in all namespaces. */
  public String path() {
    return paths().get(0);
  }

  /** The paths of all versions in which a server may have the kind, the newest first. */
  public List<String> paths() {
    boolean isOfDevices = this == RESOURCECLAIMS || this == RESOURCESLICES;
    List<String> versions = isOfDevices ? List.of("v1", "v1beta2", "v1beta1") : List.of("v1");
    String base = group.isEmpty() ? "/api/" : "/apis/" + group + "/";
    return versions.stream().map(version -> base + version + "/" + plural()).toList();
  }

  /**
   * Which objects are asked for, as a parameter of the address; empty for all. Of pods those that
   * have a node; also finished ones, since a watch that left them out would tell them as deleted
   * with the state before, which does not say when they finished.
   */
  public String selector() {
    return this == PODS
        ? "&fieldSelector=" + URLEncoder.encode("spec.nodeName!=", StandardCharsets.UTF_8)
        : "";
  }

  /** A server that cannot give metadata alone gives whole objects, which serve as well. */
  public String acceptForList() {
    return accept("PartialObjectMetadataList");
  }

  public String acceptForWatch() {
    return accept("PartialObjectMetadata");
  }

  private String accept(String form) {
    return content == Content.WHOLE
        ? JSON
        : "%s;as=%s;g=meta.k8s.io;v=v1,%s".formatted(JSON, form, JSON);
  }
}
