package io.namespend.exporter.price;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.BalancerRules;
import io.namespend.exporter.cluster.balancer.Frontend;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells which load balancers a cloud made, and how those of a cluster divide what they share: all
 * forwarding rules of a cluster on Google are billed together, and Azure gives a cluster one load
 * balancer for its public addresses and one for its private ones.
 */
final class CloudBalancers {
  private static final Pattern PRIVATE =
      Pattern.compile(
          "10\\..*|192\\.168\\..*|172\\.(?:1[6-9]|2\\d|3[01])\\..*"
              + "|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*|169\\.254\\..*|127\\..*"
              + "|(?i:f[cd][0-9a-f]{2}|fe80):.*");

  private final Provider provider;

  /** Who has a rule, and a public address. */
  private final Map<String, Integer> usersOfRule = new HashMap<>();

  private final Map<String, Integer> usersOfAddress = new HashMap<>();
  private final Map<Boolean, Integer> rulesOfGroup = new HashMap<>();

  CloudBalancers(List<LoadBalancer> balancers, ClusterPlace place) {
    this.provider = place.provider();
    for (LoadBalancer balancer : balancers) {
      if (isMade(balancer) && isShared(balancer)) {
        rules(balancer.frontend())
            .forEach(
                rule -> {
                  if (usersOfRule.merge(rule, 1, Integer::sum) == 1) {
                    rulesOfGroup.merge(group(balancer), 1, Integer::sum);
                  }
                });
        publicAddresses(balancer.frontend())
            .forEach(address -> usersOfAddress.merge(address, 1, Integer::sum));
      }
    }
  }

  /** With its part of what is shared; empty for one that no cloud made, or not yet. */
  Optional<LoadBalancer> charged(LoadBalancer balancer) {
    if (!isMade(balancer)) {
      return Optional.empty();
    }
    if (!isShared(balancer)) {
      return Optional.of(balancer);
    }
    return Optional.of(
        balancer.with(
            new BalancerRules(
                rules(balancer.frontend())
                    .mapToDouble(rule -> 1.0 / usersOfRule.getOrDefault(rule, 1))
                    .sum(),
                rulesOfGroup.getOrDefault(group(balancer), 1),
                publicAddresses(balancer.frontend())
                    .mapToDouble(address -> 1.0 / usersOfAddress.getOrDefault(address, 1))
                    .sum())));
  }

  private boolean isMade(LoadBalancer balancer) {
    Frontend frontend = balancer.frontend();
    if (frontend.addresses().isEmpty() || !frontend.isOfService()) {
      return !frontend.addresses().isEmpty();
    }
    String balancerClass = frontend.balancerClass();
    return switch (provider) {
      // Its load balancers have host names, whoever's class it is.
      case AWS ->
          frontend.addresses().stream()
              .anyMatch(address -> address.toLowerCase(Locale.ROOT).contains(".elb."));
      case GCP ->
          (balancerClass.isEmpty() || balancerClass.startsWith("networking.gke.io/"))
              && hasAddressOfTheCloud(frontend);
      case AZURE -> balancerClass.isEmpty() && hasAddressOfTheCloud(frontend);
      // Outside the clouds only a price sheet knows what one costs.
      case OTHER -> true;
    };
  }

  /** A private address that nobody asked the cloud for is of software in the cluster. */
  private static boolean hasAddressOfTheCloud(Frontend frontend) {
    return frontend.isInternal() || publicAddresses(frontend).findAny().isPresent();
  }

  private boolean isShared(LoadBalancer balancer) {
    return switch (provider) {
      case GCP -> true;
      // An Application Gateway is one of its own.
      case AZURE -> balancer.frontend().isOfService();
      case AWS, OTHER -> false;
    };
  }

  private boolean group(LoadBalancer balancer) {
    return provider == Provider.AZURE && balancer.frontend().isInternal();
  }

  /** Google makes one for a protocol of a Service, Azure one for each port. */
  private Stream<String> rules(Frontend frontend) {
    List<String> ports =
        frontend.ports().isEmpty()
            ? List.of("TCP")
            : frontend.ports().stream()
                .map(
                    port ->
                        provider == Provider.GCP && frontend.isOfService()
                            ? port.substring(0, port.indexOf('/'))
                            : port)
                .distinct()
                .toList();
    return frontend.addresses().stream()
        .distinct()
        .flatMap(address -> ports.stream().map(port -> address + " " + port));
  }

  private static Stream<String> publicAddresses(Frontend frontend) {
    return frontend.addresses().stream()
        .distinct()
        .filter(address -> !PRIVATE.matcher(address).matches());
  }
}
