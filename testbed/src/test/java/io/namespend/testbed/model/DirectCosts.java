package io.namespend.testbed.model;

import io.namespend.testbed.model.Charges.PodCharge;
import io.namespend.testbed.model.Scenario.ExternalService;
import io.namespend.testbed.model.Scenario.LoadBalancer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Section 2 of the policy: what namespaces own directly, per hour, by namespace and resource. */
final class DirectCosts {
  private final Map<String, Map<String, Double>> costs = new TreeMap<>();

  DirectCosts(Scenario scenario, List<PodCharge> charges) {
    for (PodCharge charge : charges) {
      String namespace = charge.pod().namespace();
      add(namespace, "cpu", charge.charged().cpu());
      add(namespace, "memory", charge.charged().memory());
      add(namespace, "gpu", charge.charged().gpu());
    }
    scenario.claims().forEach(claim -> add(claim.namespace(), "storage", claim.price()));
    scenario
        .loadBalancers()
        .forEach(each -> add(each.namespace(), "load_balancer", LoadBalancer.PRICE));
    scenario.network().forEach(sent -> add(sent.namespace(), "network", sent.cost()));
    for (ExternalService service : scenario.externalServices()) {
      if (!service.namespace().isEmpty()) {
        add(service.namespace(), "external", service.cost());
      }
    }
  }

  Map<String, Map<String, Double>> byNamespace() {
    return costs;
  }

  double of(String namespace) {
    return costs.getOrDefault(namespace, Map.of()).values().stream()
        .mapToDouble(Double::doubleValue)
        .sum();
  }

  private void add(String namespace, String resource, double cost) {
    costs.computeIfAbsent(namespace, key -> new TreeMap<>()).merge(resource, cost, Double::sum);
  }
}
