package io.namespend.testbed.model;

import io.namespend.testbed.model.Charges.PodCharge;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Pool;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sections 3 and 4 of the policy: what pools hold and who bears them, per hour. */
final class Pools {
  private final Scenario scenario;
  private final DirectCosts direct;
  private final Map<String, Double> costs = new TreeMap<>();
  private final Map<String, Map<String, Double>> shares = new TreeMap<>();

  Pools(Scenario scenario, List<PodCharge> charges, DirectCosts direct) {
    this.scenario = scenario;
    this.direct = direct;
    fill(charges);
    scenario.pools().forEach(pool -> shares.put(pool.name(), split(pool)));
  }

  Map<String, Double> costs() {
    return costs;
  }

  /** By pool and tenant; empty for a pool that stays whole. */
  Map<String, Map<String, Double>> shares() {
    return shares;
  }

  /** Whether a pool should be split by a driver that measures nothing. */
  boolean isDriverMissing(Pool pool) {
    return sum(driverKeys(pool)) == 0;
  }

  private void fill(List<PodCharge> charges) {
    double nodes = scenario.nodes().stream().mapToDouble(Rates::price).sum();
    double charged = charges.stream().mapToDouble(charge -> charge.charged().sum()).sum();
    double free = Math.max(0, nodes - charged);
    double reserved = scenario.nodes().stream().mapToDouble(Pools::reserved).sum();
    costs.put("system", Math.min(free, reserved));
    costs.put("idle", free - Math.min(free, reserved));
    costs.put(
        "unclaimed-storage",
        scenario.unclaimedVolumes().stream().mapToDouble(Double::doubleValue).sum());
    costs.put("control-plane", scenario.controlPlane());
    for (Pool pool : scenario.pools()) {
      if (!Scenario.CLUSTER_POOLS.contains(pool.name())) {
        costs.put(pool.name(), pool.serviceCost().orElseGet(() -> ofShared(pool)));
      }
    }
  }

  private static double reserved(Node node) {
    return Rates.of(node).cost(node.reserved());
  }

  private double ofShared(Pool pool) {
    return scenario.namespaces().stream()
        .filter(namespace -> namespace.pool().equals(pool.name()))
        .mapToDouble(namespace -> direct.of(namespace.name()))
        .sum();
  }

  private Map<String, Double> split(Pool pool) {
    Map<String, Double> keys = keys(pool);
    double keySum = sum(keys);
    if (keySum == 0) {
      return Map.of();
    }
    double cost = costs.getOrDefault(pool.name(), 0.0);
    Map<String, Double> floors = ofTakingPart(pool, pool.floors());
    double floorSum = sum(floors);
    double floorFit = floorSum > cost ? cost / floorSum : 1;
    double rest = Math.max(0, cost - floorSum);
    Map<String, Double> split = new TreeMap<>();
    keys.forEach(
        (tenant, key) ->
            split.put(tenant, floors.getOrDefault(tenant, 0.0) * floorFit + rest * key / keySum));
    return split;
  }

  private Map<String, Double> keys(Pool pool) {
    Map<String, Double> takingPart = ofTakingPart(pool, pool.weights());
    Map<String, Double> proportional = new TreeMap<>();
    takingPart.keySet().forEach(tenant -> proportional.put(tenant, direct.of(tenant)));
    return switch (pool.split()) {
      case PROPORTIONAL -> proportional;
      case EVEN, WEIGHTED -> takingPart;
      case DRIVER -> isDriverMissing(pool) ? proportional : driverKeys(pool);
      case NONE -> Map.of();
    };
  }

  private Map<String, Double> driverKeys(Pool pool) {
    Map<String, Double> keys = new TreeMap<>();
    ofTakingPart(pool, pool.weights())
        .keySet()
        .forEach(tenant -> keys.put(tenant, pool.driver().getOrDefault(tenant, 0.0)));
    return keys;
  }

  /** Of tenants alone, and of those that take part in the pool. */
  private Map<String, Double> ofTakingPart(Pool pool, Map<String, Double> values) {
    Map<String, Double> kept = new TreeMap<>();
    scenario.namespaces().stream()
        .filter(Namespace::isTenant)
        .map(Namespace::name)
        .filter(name -> pool.weights().containsKey(name) && values.containsKey(name))
        .forEach(name -> kept.put(name, values.getOrDefault(name, 0.0)));
    return kept;
  }

  private static double sum(Map<String, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
