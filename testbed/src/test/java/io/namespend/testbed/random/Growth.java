package io.namespend.testbed.random;

import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Amount;
import io.namespend.testbed.model.Scenario.Claim;
import io.namespend.testbed.model.Scenario.Container;
import io.namespend.testbed.model.Scenario.ExternalService;
import io.namespend.testbed.model.Scenario.LoadBalancer;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Pool;
import io.namespend.testbed.model.Scenario.Split;
import io.namespend.testbed.model.Scenario.Traffic;
import io.namespend.testbed.model.Scenario.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A cluster an hour later: everything that costs is there, and costs more. */
final class Growth {
  private static final double MORE = 1.125;

  private Growth() {}

  static Scenario of(Scenario small) {
    List<Node> nodes = new ArrayList<>();
    small.nodes().forEach(node -> nodes.add(grown(node, node.name())));
    nodes.add(grown(small.nodes().get(0), "node-new"));
    List<Pod> pods = new ArrayList<>();
    small.pods().forEach(pod -> pods.add(grown(pod, pod.name(), pod.node())));
    small.pods().stream()
        .filter(pod -> pod.phase() == Phase.RUNNING)
        .findFirst()
        .ifPresent(pod -> pods.add(grown(pod, "pod-new", "node-new")));
    List<LoadBalancer> balancers = new ArrayList<>(small.loadBalancers());
    balancers.add(new LoadBalancer(small.namespaces().get(0).name(), "service-new"));
    return new Scenario(
        nodes,
        pods,
        small.claims().stream()
            .map(claim -> new Claim(claim.namespace(), claim.name(), MORE * claim.price()))
            .toList(),
        small.unclaimedVolumes().stream().map(price -> MORE * price).toList(),
        balancers,
        small.network().stream()
            .map(sent -> new Traffic(sent.namespace(), sent.kind(), MORE * sent.cost()))
            .toList(),
        MORE * small.controlPlane(),
        small.externalServices().stream().map(Growth::grown).toList(),
        small.namespaces().stream().map(Growth::grown).toList(),
        small.pools().stream().map(Growth::grown).toList(),
        small.defaults(),
        small.oddities());
  }

  private static Node grown(Node node, String name) {
    return new Node(
        name,
        node.price().map(price -> MORE * price),
        node.spot(),
        node.capacity(),
        node.reserved(),
        node.group());
  }

  private static Pod grown(Pod pod, String name, String node) {
    List<Container> containers =
        pod.containers().stream()
            .map(
                each ->
                    new Container(
                        each.name(),
                        grown(each.request()),
                        MORE * each.usedCores(),
                        MORE * each.usedMib()))
            .toList();
    return new Pod(
        pod.namespace(),
        name,
        pod.workloadType(),
        pod.workloadType().equals("pod") ? name : pod.workload(),
        node,
        pod.phase(),
        containers);
  }

  private static Amount grown(Amount request) {
    return new Amount(request.millis() * 9 / 8, request.mib() * 9 / 8, request.gpus());
  }

  private static ExternalService grown(ExternalService service) {
    return new ExternalService(
        service.name(),
        MORE * service.cost(),
        service.namespace(),
        service.team(),
        service.costCenter());
  }

  /**
   * Another model: more by usage. What some lose and others win would leave the sums as they are.
   */
  private static Namespace grown(Namespace namespace) {
    double less = Math.min(0.125, namespace.weights().request());
    return new Namespace(
        namespace.name(),
        namespace.pool(),
        new Weights(namespace.weights().request() - less, namespace.weights().usage() + less, 0),
        namespace.owner(),
        namespace.workloadOwners());
  }

  /**
   * The same cluster with requests of all pods. Usage of what requests nothing has no witness of
   * its own.
   */
  static Scenario requesting(Scenario scenario) {
    return new Scenario(
        scenario.nodes(),
        scenario.pods().stream()
            .filter(pod -> pod.phase() != Phase.UNSEEN)
            .map(Growth::requesting)
            .toList(),
        scenario.claims(),
        scenario.unclaimedVolumes(),
        scenario.loadBalancers(),
        scenario.network(),
        scenario.controlPlane(),
        scenario.externalServices(),
        scenario.namespaces(),
        scenario.pools(),
        scenario.defaults(),
        scenario.oddities());
  }

  private static Pod requesting(Pod pod) {
    return new Pod(
        pod.namespace(),
        pod.name(),
        pod.workloadType(),
        pod.workload(),
        pod.node(),
        pod.phase(),
        pod.containers().stream()
            .map(
                each ->
                    new Container(
                        each.name(),
                        new Amount(
                            Math.max(128, each.request().millis()),
                            Math.max(128, each.request().mib()),
                            each.request().gpus()),
                        each.usedCores(),
                        each.usedMib()))
            .toList());
  }

  private static Pool grown(Pool pool) {
    Map<String, Double> weights = new TreeMap<>(pool.weights());
    if (pool.split() == Split.WEIGHTED) {
      weights.entrySet().stream()
          .findFirst()
          .ifPresent(first -> first.setValue(MORE * first.getValue()));
    }
    Map<String, Double> floors = new TreeMap<>(pool.floors());
    floors.replaceAll((namespace, floor) -> MORE * floor);
    return new Pool(
        pool.name(),
        pool.serviceCost().map(cost -> MORE * cost),
        pool.split(),
        pool.per(),
        weights,
        floors,
        pool.driver());
  }
}
