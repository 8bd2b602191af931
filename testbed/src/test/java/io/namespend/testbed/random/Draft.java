package io.namespend.testbed.random;

import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Claim;
import io.namespend.testbed.model.Scenario.ExternalService;
import io.namespend.testbed.model.Scenario.LoadBalancer;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Oddities;
import io.namespend.testbed.model.Scenario.Owner;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Pool;
import io.namespend.testbed.model.Scenario.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A scenario that can be changed. */
final class Draft {
  final List<Node> nodes;
  final List<Pod> pods;
  final List<Claim> claims;
  final List<Double> unclaimedVolumes;
  final List<LoadBalancer> loadBalancers;
  final List<Traffic> network;
  double controlPlane;
  final List<ExternalService> externalServices;
  final List<Namespace> namespaces;
  final List<Pool> pools;
  final Owner defaults;
  Oddities oddities;

  private Draft(Scenario scenario) {
    nodes = new ArrayList<>(scenario.nodes());
    pods = new ArrayList<>(scenario.pods());
    claims = new ArrayList<>(scenario.claims());
    unclaimedVolumes = new ArrayList<>(scenario.unclaimedVolumes());
    loadBalancers = new ArrayList<>(scenario.loadBalancers());
    network = new ArrayList<>(scenario.network());
    controlPlane = scenario.controlPlane();
    externalServices = new ArrayList<>(scenario.externalServices());
    namespaces = new ArrayList<>(scenario.namespaces());
    pools = new ArrayList<>(scenario.pools());
    defaults = scenario.defaults();
    oddities = scenario.oddities();
  }

  /** A change that can be made after others too. */
  record Edit(Consumer<Draft> change) {
    Scenario on(Scenario scenario) {
      Draft draft = new Draft(scenario);
      change.accept(draft);
      return draft.scenario();
    }
  }

  /** With all that belongs to a namespace that is not there any more taken out. */
  private Scenario scenario() {
    Set<String> known = namespaces.stream().map(Namespace::name).collect(Collectors.toSet());
    Set<String> tenants =
        namespaces.stream()
            .filter(Namespace::isTenant)
            .map(Namespace::name)
            .collect(Collectors.toSet());
    Set<String> groups = namespaces.stream().map(Namespace::pool).collect(Collectors.toSet());
    pods.removeIf(pod -> pod.phase() != Phase.UNSEEN && !known.contains(pod.namespace()));
    pools.removeIf(pool -> pool.holdsNamespaces() && !groups.contains(pool.name()));
    pools.replaceAll(
        pool ->
            new Pool(
                pool.name(),
                pool.serviceCost(),
                pool.split(),
                pool.per(),
                only(tenants, pool.weights()),
                only(tenants, pool.floors()),
                pool.driver()));
    return new Scenario(
        nodes,
        pods,
        claims,
        unclaimedVolumes,
        loadBalancers,
        network,
        controlPlane,
        externalServices,
        namespaces,
        pools,
        defaults,
        oddities);
  }

  private static Map<String, Double> only(Set<String> names, Map<String, Double> values) {
    Map<String, Double> kept = new TreeMap<>(values);
    kept.keySet().retainAll(names);
    return kept;
  }
}
