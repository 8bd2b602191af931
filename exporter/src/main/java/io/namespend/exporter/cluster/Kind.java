package io.namespend.exporter.cluster;

import java.util.Locale;

/** The kinds of Kubernetes objects that are watched, and what is lost without each. */
enum Kind {
  NODES("Node", "", Content.WHOLE, "nothing can be published"),
  PODS("Pod", "", Content.WHOLE, "nothing can be published"),
  NAMESPACES(
      "Namespace",
      "",
      Content.METADATA,
      "owners by namespace are unknown; the namespaces of pods count"),
  DEPLOYMENTS(
      "Deployment", "apps", Content.METADATA, "owners by labels of Deployments are unknown"),
  REPLICASETS(
      "ReplicaSet", "apps", Content.METADATA, "Deployments are guessed from names of ReplicaSets"),
  STATEFULSETS(
      "StatefulSet", "apps", Content.METADATA, "owners by labels of StatefulSets are unknown"),
  DAEMONSETS("DaemonSet", "apps", Content.METADATA, "owners by labels of DaemonSets are unknown"),
  JOBS("Job", "batch", Content.METADATA, "CronJobs are guessed from names of Jobs"),
  CRONJOBS("CronJob", "batch", Content.METADATA, "owners by labels of CronJobs are unknown"),
  PERSISTENTVOLUMES("PersistentVolume", "", Content.WHOLE, "volumes cost nothing"),
  STORAGECLASSES("StorageClass", "storage.k8s.io", Content.WHOLE, "types of volumes are guessed"),
  SERVICES("Service", "", Content.WHOLE, "load balancers of Services cost nothing"),
  INGRESSES(
      "Ingress", "networking.k8s.io", Content.WHOLE, "load balancers of Ingresses cost nothing");

  /** What is asked for of each object. */
  private enum Content {
    WHOLE,
    METADATA
  }

  static final String JSON = "application/json";

  private final String singular;
  private final String group;
  private final Content content;
  private final String lost;

  Kind(String singular, String group, Content content, String lost) {
    this.singular = singular;
    this.group = group;
    this.content = content;
    this.lost = lost;
  }

  /** The name in objects: {@code Deployment}. */
  String singular() {
    return singular;
  }

  /** The name in addresses, permissions and metric labels. */
  String plural() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for the core group. */
  String group() {
    return group;
  }

  /** What is missing without this kind, for people. */
  String lost() {
    return lost;
  }

  /** Whether without this kind no figure would be worth publishing. */
  boolean isEssential() {
    return this == NODES || this == PODS;
  }

  /** The path of all objects in all namespaces. */
  String path() {
    return (group.isEmpty() ? "/api/v1/" : "/apis/" + group + "/v1/") + plural();
  }

  /** A server that cannot give metadata alone gives whole objects, which serve as well. */
  String acceptForList() {
    return accept("PartialObjectMetadataList");
  }

  String acceptForWatch() {
    return accept("PartialObjectMetadata");
  }

  private String accept(String form) {
    return content == Content.WHOLE
        ? JSON
        : "%s;as=%s;g=meta.k8s.io;v=v1,%s".formatted(JSON, form, JSON);
  }
}
