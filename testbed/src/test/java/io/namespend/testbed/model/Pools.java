package io.namespend.testbed.model;

import io.namespend.testbed.model.Charges.PodCharge;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Per;
import io.namespend.testbed.model.Scenario.Pool;
import io.namespend.testbed.model.Scenario.Split;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Sections 3 and 4 of the policy: what pools hold and who bears them, per hour. */
final class Pools {
  private final Scenario scenario;
  private final DirectCosts direct;
  private final Places places;
  private final Map<String, Map<String, Double>> fallbacks = new TreeMap<>();
  private final Map<String, Double> costs = new TreeMap<>();
  private final Map<String, Map<String, Double>> shares = new TreeMap<>();

  Pools(Scenario scenario, List<PodCharge> charges, DirectCosts direct) {
    this.scenario = scenario;
    this.direct = direct;
    this.places = new Places(scenario);
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

  /** Dollars of places without tenants, by pool and place. */
  Map<String, Map<String, Double>> fallbacks() {
    return fallbacks;
  }

  /** What the pools of nodes hold by node group, and there by resource. */
  Map<String, Map<String, Double>> byGroup(String pool) {
    Map<String, Map<String, Double>> groups = places.amounts(pool, Per.NODE_GROUP);
    double sum = groups.values().stream().mapToDouble(Pools::sum).sum();
    double cost = costs.getOrDefault(pool, 0.0);
    groups
        .values()
        .forEach(
            resources -> resources.replaceAll((key, part) -> sum == 0 ? 0 : cost * part / sum));
    return groups;
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
    Map<String, Double> ofCluster = keys(pool, ofTakingPart(pool, pool.weights()), direct::of);
    Map<String, Double> keys = pool.per() == Per.CLUSTER ? ofCluster : byPlace(pool, ofCluster);
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
    // Also of tenants that have nothing where the pool is split.
    floors.forEach((tenant, floor) -> split.merge(tenant, floor * floorFit, Double::sum));
    keys.forEach((tenant, key) -> split.merge(tenant, rest * key / keySum, Double::sum));
    return split;
  }

  /** What each tenant bears of all places; as for the cluster if there is nothing anywhere. */
  private Map<String, Double> byPlace(Pool pool, Map<String, Double> ofCluster) {
    Map<String, Map<String, Double>> amounts = places.amounts(pool.name(), pool.per());
    double all = amounts.values().stream().mapToDouble(Pools::sum).sum();
    double cost = costs.getOrDefault(pool.name(), 0.0);
    if (all == 0 || cost == 0 || pool.split() == Split.NONE) {
      return ofCluster;
    }
    Map<String, Double> borne = new TreeMap<>();
    amounts.forEach(
        (place, resources) -> {
          double amount = cost * sum(resources) / all;
          Map<String, Double> there = new TreeMap<>();
          ofTakingPart(pool, pool.weights())
              .forEach(
                  (tenant, weight) -> {
                    if (places.charged(tenant, place, pool.per()) > 0) {
                      there.put(tenant, weight);
                    }
                  });
          Map<String, Double> keys =
              keys(pool, there, tenant -> places.charged(tenant, place, pool.per()));
          if (keys.isEmpty() && amount > 0) {
            fallbacks.computeIfAbsent(pool.name(), key -> new TreeMap<>()).put(place, amount);
            keys = ofCluster;
          }
          double keySum = sum(keys);
          if (keySum > 0) {
            keys.forEach((tenant, key) -> borne.merge(tenant, amount * key / keySum, Double::sum));
          }
        });
    return borne;
  }

  /**
   * @param tenants with their weights
   * @param cost of a tenant where the pool is split
   */
  private static Map<String, Double> keys(
      Pool pool, Map<String, Double> tenants, ToDoubleFunction<String> cost) {
    Map<String, Double> proportional = new TreeMap<>();
    tenants.keySet().forEach(tenant -> proportional.put(tenant, cost.applyAsDouble(tenant)));
    Map<String, Double> measured = new TreeMap<>();
    tenants
        .keySet()
        .forEach(tenant -> measured.put(tenant, pool.driver().getOrDefault(tenant, 0.0)));
    return switch (pool.split()) {
      case PROPORTIONAL -> proportional;
      case EVEN, WEIGHTED -> tenants;
      case DRIVER -> sum(measured) == 0 ? proportional : measured;
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
