package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

/**
 * A load balancer that a Service of type LoadBalancer or an Ingress made.
 *
 * @param service name of the Service or Ingress
 * @param ingress first address or host name that it got; empty before it has one
 * @param kind the load balancer class or the cloud's type annotation, such as {@code nlb}; {@code
 *     alb} for an Ingress on AWS; empty for the cloud's default
 * @param share part of the load balancer's price that is this Service's or Ingress's; less than 1
 *     where several share one
 */
public record LoadBalancer(
    String namespace, String service, String ingress, String kind, double share) {
  public LoadBalancer {
    requireNonNull(namespace, "namespace");
    requireNonNull(service, "service");
    requireNonNull(ingress, "ingress");
    requireNonNull(kind, "kind");
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share is %s; it must be in (0, 1]".formatted(share));
    }
  }

  /** One that nobody else uses. */
  public LoadBalancer(String namespace, String service, String ingress, String kind) {
    this(namespace, service, ingress, kind, 1);
  }
}
