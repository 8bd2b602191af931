package io.namespend.exporter.cluster.pod;

import static java.util.Objects.requireNonNull;

/**
 * What a pod belongs to: the topmost owner that Kubernetes knows.
 *
 * @param type the owner's kind in lower case ({@code deployment}, {@code cronjob} ...); {@code pod}
 *     for a pod without an owner, {@code staticpod} for one that a node runs on its own
 */
public record Workload(String namespace, String type, String name) {
  public Workload {
    requireNonNull(namespace, "namespace");
    requireNonNull(type, "type");
    requireNonNull(name, "name");
  }

  /** As a record's own, which takes several times as long; each scrape asks for all workloads'. */
  @Override
  public int hashCode() {
    return 31 * (31 * namespace.hashCode() + type.hashCode()) + name.hashCode();
  }
}
