package io.namespend.exporter.cluster.balancer;

/**
 * How much of a load balancer that a cluster shares is one Service's.
 *
 * @param own rules of the Service; a part of one that several have
 * @param together rules of all who share it
 * @param publicAddresses of the Service; a part of one that several have
 */
public record BalancerRules(double own, int together, double publicAddresses) {
  /** A balancer of one Service with one port. */
  public static final BalancerRules SINGLE = new BalancerRules(1, 1, 1);

  public BalancerRules {
    if (!(own > 0 && together >= 1 && publicAddresses >= 0)) {
      throw new IllegalArgumentException(
          "%s of %d rules, %s addresses; there is at least one rule"
              .formatted(own, together, publicAddresses));
    }
  }
}
