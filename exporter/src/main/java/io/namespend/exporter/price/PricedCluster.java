package io.namespend.exporter.price;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything in a cluster that has a price.
 *
 * @param egress per GiB
 * @param controlPlane per hour
 * @param bill how the bill fits; empty without one
 */
public record PricedCluster(
    List<PricedNode> nodes,
    List<PricedVolume> volumes,
    List<PricedLoadBalancer> loadBalancers,
    Map<EgressKind, Quote> egress,
    Optional<Quote> controlPlane,
    ClusterPlace place,
    Optional<BillCoverage> bill) {
  public PricedCluster {
    nodes = List.copyOf(nodes);
    volumes = List.copyOf(volumes);
    loadBalancers = List.copyOf(loadBalancers);
    egress = Map.copyOf(egress);
  }

  /**
   * A volume with its price.
   *
   * @param perGibHour what one of its GiB costs; its part of it where several volumes share a disk
   * @param presence what part of the minute it was there
   */
  public record PricedVolume(Volume volume, Quote perGibHour, double presence) {
    /** One that is there all the time. */
    public PricedVolume(Volume volume, Quote perGibHour) {
      this(volume, perGibHour, 1);
    }

    PricedVolume with(double otherPresence) {
      return presence == otherPresence ? this : new PricedVolume(volume, perGibHour, otherPresence);
    }

    /** What the volume costs, in the mean of the minute. */
    public double hourly() {
      return perGibHour.amount() * volume.gib() * presence;
    }
  }

  /**
   * A Service's load balancer with its price per hour.
   *
   * @param presence what part of the minute it was there
   */
  public record PricedLoadBalancer(LoadBalancer loadBalancer, Quote quote, double presence) {
    /** One that is there all the time. */
    public PricedLoadBalancer(LoadBalancer loadBalancer, Quote quote) {
      this(loadBalancer, quote, 1);
    }

    PricedLoadBalancer with(double otherPresence) {
      return presence == otherPresence
          ? this
          : new PricedLoadBalancer(loadBalancer, quote, otherPresence);
    }

    /** What the Service pays of it, in the mean of the minute. */
    public double hourly() {
      return quote.amount() * loadBalancer.share() * presence;
    }
  }
}
