package io.namespend.testbed.random;

import static java.util.Objects.requireNonNull;

import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.model.Counted;
import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.ExternalService;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Owner;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the exporter says of a scenario's policy, by the metric contract. To be replaced by the
 * exporter's own policy code on a policy file.
 */
final class PolicySeries {
  /** Beginnings of the names of the exporter's metrics that these replace. */
  static final Set<String> METRICS =
      Set.of(
          "namespend_allocation_weight",
          "namespend_namespace_info",
          "namespend_node_requested_charged",
          "namespend_pool_",
          "namespend_workload_owner_info",
          "namespend_owner_default_info",
          "shared_service_hourly_cost",
          "external_service_hourly_cost");

  /** Labels by which the exporter tells apart what must not be added up. */
  private static final Map<String, String> PARTS =
      Map.of(
          "namespend_allocation_weight", "basis",
          "namespend_namespace_info", "tenancy",
          "namespend_pool_split_info", "split",
          "namespend_pool_per_info", "per",
          "namespend_node_requested_charged", "resource",
          "external_service_hourly_cost", "namespace");

  private final List<FedSeries> series = new ArrayList<>();

  /** By family and part. */
  private final Map<List<String>, Double> sums = new HashMap<>();

  private final Scenario scenario;

  private PolicySeries(Scenario scenario) {
    this.scenario = scenario;
  }

  static List<FedSeries> of(Scenario scenario) {
    PolicySeries policy = new PolicySeries(scenario);
    scenario.namespaces().forEach(policy::add);
    scenario.nodes().forEach(policy::add);
    scenario.pools().forEach(policy::add);
    scenario.externalServices().forEach(policy::add);
    policy.add(1, "namespend_owner_default_info", owner(List.of(), scenario.defaults(), List.of()));
    policy.sums.forEach(
        (family, sum) ->
            policy.series.add(
                FedSeries.gauge(
                    SeriesText.of(
                        "namespend_published_sum",
                        List.of("family", family.get(0), "part", family.get(1))),
                    sum)));
    return policy.series;
  }

  private void add(Namespace namespace) {
    String name = namespace.name();
    String weight = "namespend_allocation_weight";
    add(namespace.weights().request(), weight, List.of("namespace", name, "basis", "request"));
    add(namespace.weights().usage(), weight, List.of("namespace", name, "basis", "usage"));
    add(namespace.weights().max(), weight, List.of("namespace", name, "basis", "max"));
    String tenancy = namespace.isTenant() ? "tenant" : "shared";
    List<String> identity =
        List.of("namespace", name, "tenancy", tenancy, "pool", namespace.pool());
    add(
        1,
        "namespend_namespace_info",
        owner(identity, namespace.owner(), List.of("owner_source", "namespace-label")));
    // Of every workload that runs, and of some that do not.
    Map<String, Owner> owners = new TreeMap<>(namespace.workloadOwners());
    scenario.pods().stream()
        .filter(pod -> pod.namespace().equals(name) && pod.phase() == Phase.RUNNING)
        .forEach(
            pod ->
                owners.putIfAbsent(pod.workloadType() + "/" + pod.workload(), namespace.owner()));
    owners.forEach((workload, owner) -> addWorkload(name, workload, owner));
  }

  private void add(Node node) {
    List<Pod> pods =
        scenario.pods().stream()
            .filter(pod -> pod.node().equals(node.name()) && pod.phase() == Phase.RUNNING)
            .toList();
    IdentityHashMap<Pod, Counted> counted = Counted.of(node, pods);
    double cores = 0;
    double gib = 0;
    double gpus = 0;
    for (Pod pod : pods) {
      double weight = requestWeight(pod.namespace());
      Counted requests = requireNonNull(counted.get(pod));
      cores += weight * requests.cores();
      gib += weight * requests.gib();
      gpus += requests.gpus();
    }
    String metric = "namespend_node_requested_charged";
    add(cores, metric, List.of("node", node.name(), "resource", "cpu"));
    add(gib * (1 << 30), metric, List.of("node", node.name(), "resource", "memory"));
    if (gpus > 0) {
      add(gpus, metric, List.of("node", node.name(), "resource", "gpu"));
    }
  }

  private double requestWeight(String namespace) {
    return scenario.namespaces().stream()
        .filter(each -> each.name().equals(namespace))
        .mapToDouble(each -> each.weights().request())
        .sum();
  }

  private void addWorkload(String namespace, String workload, Owner owner) {
    String[] typeAndName = workload.split("/", 2);
    List<String> identity =
        List.of(
            "namespace", namespace, "workload_type", typeAndName[0], "workload", typeAndName[1]);
    add(
        1,
        "namespend_workload_owner_info",
        owner(identity, owner, List.of("owner_source", "workload-label")));
  }

  private void add(Pool pool) {
    String split = pool.split().name().toLowerCase(Locale.ROOT);
    add(1, "namespend_pool_split_info", List.of("pool", pool.name(), "split", split));
    switch (pool.per()) {
      case CLUSTER -> {}
      case NODE_GROUP -> addPer(pool, "nodeGroup");
      case NODE -> addPer(pool, "node");
    }
    pool.weights()
        .forEach(
            (namespace, weight) ->
                add(
                    weight,
                    "namespend_pool_weight",
                    List.of("pool", pool.name(), "namespace", namespace)));
    pool.floors()
        .forEach(
            (namespace, floor) ->
                add(
                    floor,
                    "namespend_pool_floor_hourly_cost",
                    List.of("pool", pool.name(), "namespace", namespace)));
    pool.serviceCost()
        .ifPresent(
            cost ->
                add(
                    cost,
                    "shared_service_hourly_cost",
                    List.of("service", pool.name(), "category", "database")));
  }

  private void addPer(Pool pool, String per) {
    add(1, "namespend_pool_per_info", List.of("pool", pool.name(), "per", per));
  }

  private void add(ExternalService service) {
    add(
        service.cost(),
        "external_service_hourly_cost",
        List.of(
            "service",
            service.name(),
            "category",
            "saas",
            "namespace",
            service.namespace(),
            "team",
            service.team(),
            "cost_center",
            service.costCenter()));
  }

  private void add(double value, String metric, List<String> labels) {
    series.add(FedSeries.gauge(SeriesText.of(metric, labels), value));
    String label = PARTS.getOrDefault(metric, "");
    String part = label.isEmpty() ? "" : labels.get(labels.indexOf(label) + 1);
    sums.merge(List.of(metric, part), value, Double::sum);
  }

  private static List<String> owner(List<String> before, Owner owner, List<String> after) {
    List<String> labels = new ArrayList<>(before);
    labels.addAll(List.of("team", owner.team(), "cost_center", owner.costCenter()));
    labels.addAll(List.of("environment", owner.environment(), "product", "shop"));
    labels.addAll(after);
    return labels;
  }
}
