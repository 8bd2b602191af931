package io.namespend.exporter.cluster.balancer;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out who shares a load balancer, so that none is paid for twice. */
public final class LoadBalancers {
  private static final Comparator<LoadBalancer> ORDER =
      Comparator.comparing(LoadBalancer::namespace)
          .thenComparing(LoadBalancer::service)
          .thenComparing(LoadBalancer::ingress);

  private LoadBalancers() {}

  /**
   * Those with the same first address share its price evenly. An Ingress or Gateway with an address
   * of a Service has no load balancer of its own: it goes through its controller's.
   *
   * @param routes Ingresses and Gateways
   * @return sorted
   */
  public static List<LoadBalancer> of(
      Collection<BalancerFacts> services, Stream<BalancerFacts> routes) {
    Set<String> ofServices =
        services.stream()
            .flatMap(service -> service.frontend().addresses().stream())
            .collect(Collectors.toSet());
    List<BalancerFacts> own =
        routes
            .filter(route -> route.frontend().addresses().stream().noneMatch(ofServices::contains))
            .toList();
    return Stream.concat(shared(services), shared(own)).sorted(ORDER).toList();
  }

  private static Stream<LoadBalancer> shared(Collection<BalancerFacts> balancers) {
    Map<String, Long> users =
        balancers.stream().collect(groupingBy(LoadBalancers::address, counting()));
    return balancers.stream()
        .map(
            balancer -> {
              String address = address(balancer);
              return new LoadBalancer(
                  balancer.namespace(),
                  balancer.name(),
                  address,
                  balancer.kind(),
                  address.isEmpty() ? 1 : 1.0 / users.getOrDefault(address, 1L),
                  balancer.frontend(),
                  BalancerRules.SINGLE);
            });
  }

  private static String address(BalancerFacts balancer) {
    List<String> addresses = balancer.frontend().addresses();
    return addresses.isEmpty() ? "" : addresses.get(0);
  }
}
