package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.PricedCluster;
import io.namespend.exporter.price.PricedCluster.PricedLoadBalancer;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import io.namespend.exporter.price.Quote;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prices of load balancers, traffic and the control plane, and how many of them are guesses. */
final class NetworkMetrics {
  private NetworkMetrics() {}

  static List<MetricSnapshot> of(PricedCluster cluster) {
    List<MetricSnapshot> families = new ArrayList<>();
    families.add(loadBalancers(cluster.loadBalancers()));
    for (EgressKind kind : EgressKind.values()) {
      families.add(egress(kind, cluster));
    }
    var controlPlane =
        new GaugeFamily(
            "kubecost_cluster_management_cost",
            "[STABLE] Price of the managed control plane for one hour.",
            "provisioner_name");
    cluster
        .controlPlane()
        .ifPresent(quote -> controlPlane.add(quote.amount(), provisioner(cluster.place())));
    families.add(controlPlane.snapshot());
    families.add(guesses(cluster));
    return families;
  }

  private static MetricSnapshot loadBalancers(List<PricedLoadBalancer> loadBalancers) {
    var family =
        new GaugeFamily(
            "kubecost_load_balancer_cost",
            "[STABLE] Price of the load balancer of a Service, Ingress or Gateway for one hour,"
                + " without what it processes; its part of one that is shared.",
            "namespace",
            "service_name",
            "ingress_ip");
    for (PricedLoadBalancer priced : loadBalancers) {
      LoadBalancer balancer = priced.loadBalancer();
      family.add(priced.hourly(), balancer.namespace(), balancer.service(), balancer.ingress());
    }
    return family.snapshot();
  }

  private static MetricSnapshot egress(EgressKind kind, PricedCluster cluster) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    String where =
        switch (kind) {
          case ZONE -> "another zone of the region";
          case REGION -> "another region";
          case INTERNET -> "the internet";
        };
    var family =
        new GaugeFamily(
            "kubecost_network_" + name + "_egress_cost",
            "[STABLE] Price of one GiB that leaves for " + where + ".");
    Quote quote = cluster.egress().get(kind);
    if (quote != null) {
      family.add(quote.amount());
    }
    return family.snapshot();
  }

  /** OTHER has no control plane with a price; a price sheet may still give it one. */
  private static String provisioner(ClusterPlace place) {
    return place.distribution().name();
  }

  private static MetricSnapshot guesses(PricedCluster cluster) {
    var family =
        new GaugeFamily(
            "namespend_estimated_prices",
            "[EXPERIMENTAL] Things other than nodes whose price is an estimate, because no price"
                + " source knows them.",
            "kind");
    family.add(guesses(cluster.volumes().stream().map(PricedVolume::perGibHour)), "volume");
    family.add(
        guesses(cluster.loadBalancers().stream().map(PricedLoadBalancer::quote)), "load_balancer");
    family.add(guesses(cluster.egress().values().stream()), "egress");
    family.add(guesses(cluster.controlPlane().stream()), "control_plane");
    return family.snapshot();
  }

  private static double guesses(Stream<Quote> quotes) {
    return (double) quotes.filter(Quote::estimated).count();
  }
}
