package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

/**
 * A Service of type LoadBalancer.
 *
 * @param ingress first address or host name that it got; empty before it has one
 * @param kind the load balancer class or the cloud's type annotation, such as {@code nlb}; empty
 *     for the cloud's default
 */
public record LoadBalancer(String namespace, String service, String ingress, String kind) {
  public LoadBalancer {
    requireNonNull(namespace, "namespace");
    requireNonNull(service, "service");
    requireNonNull(ingress, "ingress");
    requireNonNull(kind, "kind");
  }
}
