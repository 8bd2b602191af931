package io.namespend.exporter.cluster.balancer;

import static java.util.Objects.requireNonNull;

/**
 * A load balancer that a Service of type LoadBalancer, an Ingress or a Gateway asks for.
 *
 * @param service name of the Service, Ingress or Gateway
 * @param ingress first address or host name that it got; empty before it has one
 * @param kind the load balancer class or the cloud's type annotation, such as {@code nlb}; of an
 *     Ingress or Gateway {@code alb}, {@code gce} or {@code application-gateway}; empty for the
 *     cloud's default
 * @param share part of the load balancer's price that is this Service's or Ingress's; less than 1
 *     where several share one
 * @param rules what it has of a balancer that the whole cluster shares
 */
public record LoadBalancer(
    String namespace,
    String service,
    String ingress,
    String kind,
    double share,
    Frontend frontend,
    BalancerRules rules) {
  public LoadBalancer {
    requireNonNull(namespace, "namespace");
    requireNonNull(service, "service");
    requireNonNull(ingress, "ingress");
    requireNonNull(kind, "kind");
    requireNonNull(frontend, "frontend");
    requireNonNull(rules, "rules");
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share is %s; it must be in (0, 1]".formatted(share));
    }
  }

  /** One that nobody else uses. */
  public LoadBalancer(String namespace, String service, String ingress, String kind) {
    this(namespace, service, ingress, kind, 1, Frontend.at(ingress), BalancerRules.SINGLE);
  }

  /** The same one, of which the others that share it are known. */
  public LoadBalancer with(BalancerRules known) {
    return new LoadBalancer(namespace, service, ingress, kind, share, frontend, known);
  }
}
