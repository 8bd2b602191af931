package io.namespend.testbed.model;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;
import static java.util.stream.Collectors.toMap;

import io.namespend.testbed.model.Charges.PodCharge;
import io.namespend.testbed.model.Scenario.ExternalService;
import io.namespend.testbed.model.Scenario.LoadBalancer;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Owner;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Pool;
import io.namespend.testbed.model.Scenario.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What every recorded series of a cluster must be, by docs/allocation-policy.md. Knows nothing of
 * the rules but the names of what they record.
 */
public final class CostModel {
  /** Of which rounding may leave something. */
  public static final String CONSERVATION_ERROR = "namespend:conservation_error:ratio";

  /** Every metric that the model knows. */
  public static final List<String> METRICS =
      List.of(
          "cluster:cost_hourly:sum",
          "cluster_component:cost_hourly:sum",
          "namespace:cost_hourly:direct",
          "workload:cost_hourly:direct",
          "pod:cost_hourly:direct",
          "pool:cost_hourly:sum",
          "pool_group:cost_hourly:sum",
          "pool_place:fallback_cost_hourly:sum",
          "pool:driver_missing:bool",
          "namespace:cost_hourly:shared",
          "namespace:cost_hourly:sum",
          "pool:cost_hourly:unallocated",
          "team:cost_hourly:sum",
          "cluster:attributed:ratio",
          "namespace:efficiency:ratio",
          CONSERVATION_ERROR);

  private static final Owner UNATTRIBUTED = new Owner("unattributed", "", "");
  private static final Owner UNALLOCATED = new Owner("unallocated", "", "");

  private final Scenario scenario;
  private final String cluster;
  private final List<PodCharge> charges;
  private final DirectCosts direct;
  private final Pools pools;
  private final Map<String, Namespace> known;
  private final Map<SeriesKey, Double> series = new HashMap<>();

  private CostModel(Scenario scenario, String cluster) {
    this.scenario = scenario;
    this.cluster = cluster;
    this.charges = Charges.of(scenario);
    this.direct = new DirectCosts(scenario, charges);
    this.pools = new Pools(scenario, charges, direct);
    this.known = scenario.namespaces().stream().collect(toMap(Namespace::name, each -> each));
  }

  /** Values by series. */
  public static Map<SeriesKey, Double> of(Scenario scenario, String cluster) {
    CostModel model = new CostModel(scenario, cluster);
    model.addWhole();
    model.addDirect();
    model.addPools();
    model.addTotals();
    model.addEfficiency();
    return model.series;
  }

  private void addWhole() {
    Map<String, Double> components = components();
    components.forEach(
        (component, cost) ->
            add(cost, "cluster_component:cost_hourly:sum", "component", component));
    add(sum(components), "cluster:cost_hourly:sum");
  }

  private Map<String, Double> components() {
    Map<String, Double> components = new TreeMap<>();
    components.put("node", scenario.nodes().stream().mapToDouble(Rates::price).sum());
    components.put(
        "volume",
        scenario.claims().stream().mapToDouble(Scenario.Claim::price).sum()
            + scenario.unclaimedVolumes().stream().mapToDouble(Double::doubleValue).sum());
    components.put("load_balancer", scenario.loadBalancers().size() * LoadBalancer.PRICE);
    components.put("control_plane", scenario.controlPlane());
    components.put(
        "network", scenario.network().stream().mapToDouble(Scenario.Traffic::cost).sum());
    components.put(
        "shared_service",
        scenario.pools().stream().mapToDouble(pool -> pool.serviceCost().orElse(0.0)).sum());
    components.put(
        "external_service",
        scenario.externalServices().stream().mapToDouble(ExternalService::cost).sum());
    return components;
  }

  private void addDirect() {
    direct
        .byNamespace()
        .forEach(
            (namespace, costs) ->
                costs.forEach(
                    (resource, cost) ->
                        add(
                            cost,
                            "namespace:cost_hourly:direct",
                            "namespace",
                            namespace,
                            "resource",
                            resource)));
    for (PodCharge charge : charges) {
      if (charge.pod().phase() == Phase.UNSEEN) {
        continue;
      }
      Pod pod = charge.pod();
      addToWorkload(pod, "cpu", charge.charged().cpu());
      addToWorkload(pod, "memory", charge.charged().memory());
      addToWorkload(pod, "gpu", charge.charged().gpu());
      add(
          charge.charged().sum(),
          "pod:cost_hourly:direct",
          "namespace",
          pod.namespace(),
          "workload_type",
          pod.workloadType(),
          "workload",
          pod.workload(),
          "pod",
          pod.name(),
          "node",
          pod.node());
    }
  }

  private void addToWorkload(Pod pod, String resource, double cost) {
    add(
        cost,
        "workload:cost_hourly:direct",
        "namespace",
        pod.namespace(),
        "workload_type",
        pod.workloadType(),
        "workload",
        pod.workload(),
        "resource",
        resource);
  }

  private void addPools() {
    pools.costs().forEach((pool, cost) -> add(cost, "pool:cost_hourly:sum", "pool", pool));
    for (String pool : Scenario.NODE_POOLS) {
      pools
          .byGroup(pool)
          .forEach(
              (group, resources) ->
                  resources.forEach(
                      (resource, cost) ->
                          add(
                              cost,
                              "pool_group:cost_hourly:sum",
                              "pool",
                              pool,
                              "node_group",
                              group,
                              "resource",
                              resource)));
    }
    pools
        .fallbacks()
        .forEach(
            (pool, amounts) ->
                amounts.forEach(
                    (place, cost) ->
                        add(
                            cost,
                            "pool_place:fallback_cost_hourly:sum",
                            "pool",
                            pool,
                            "place",
                            place,
                            "node_group",
                            groupOf(place))));
    pools
        .shares()
        .forEach(
            (pool, shares) ->
                shares.forEach(
                    (tenant, share) ->
                        add(
                            share,
                            "namespace:cost_hourly:shared",
                            "namespace",
                            tenant,
                            "pool",
                            pool)));
    for (Pool pool : scenario.pools()) {
      if (!isSplit(pool.name()) && !pool.holdsNamespaces()) {
        add(
            pools.costs().getOrDefault(pool.name(), 0.0),
            "pool:cost_hourly:unallocated",
            "pool",
            pool.name());
      }
      if (pool.split() == Split.DRIVER) {
        add(pools.isDriverMissing(pool) ? 1 : 0, "pool:driver_missing:bool", "pool", pool.name());
      }
    }
  }

  private String groupOf(String place) {
    return scenario.nodes().stream()
        .filter(node -> node.name().equals(place))
        .findFirst()
        .map(Places::group)
        .orElse(place);
  }

  private void addTotals() {
    double whole = sum(components());
    double owned = 0;
    for (String namespace : namespaces()) {
      double total = total(namespace);
      add(total, "namespace:cost_hourly:sum", "namespace", namespace);
      owned += addToOwners(namespace, total);
    }
    for (ExternalService service : scenario.externalServices()) {
      if (service.namespace().isEmpty()) {
        Owner owner = new Owner(service.team(), service.costCenter(), "");
        owned += addToOwner(owner, service.cost());
      }
    }
    addToOwner(UNALLOCATED, unallocated());
    if (whole > 0) {
      add(owned / whole, "cluster:attributed:ratio");
      add(0, CONSERVATION_ERROR);
    }
  }

  private double unallocated() {
    return scenario.pools().stream()
        .filter(pool -> !isSplit(pool.name()) && !pool.holdsNamespaces())
        .mapToDouble(pool -> pools.costs().getOrDefault(pool.name(), 0.0))
        .sum();
  }

  private Set<String> namespaces() {
    Set<String> names = new TreeSet<>(known.keySet());
    names.addAll(direct.byNamespace().keySet());
    return names;
  }

  private double total(String name) {
    Namespace namespace = known.get(name);
    if (namespace != null && !namespace.isTenant()) {
      return isSplit(namespace.pool()) ? 0 : direct.of(name);
    }
    return direct.of(name)
        + pools.shares().values().stream()
            .mapToDouble(shares -> shares.getOrDefault(name, 0.0))
            .sum();
  }

  /** Returns how much of it has an owner. */
  private double addToOwners(String name, double total) {
    Namespace namespace = known.get(name);
    if (namespace == null) {
      return addToOwner(UNATTRIBUTED, total);
    }
    Map<Owner, Double> byOwner =
        charges.stream()
            .filter(charge -> charge.pod().namespace().equals(name))
            .filter(charge -> charge.pod().phase() != Phase.UNSEEN)
            .collect(
                groupingBy(
                    charge -> ownerOf(charge.pod(), namespace),
                    summingDouble(charge -> charge.charged().sum())));
    double sum = sum(byOwner);
    if (sum == 0) {
      return addToOwner(namespace.owner(), total);
    }
    return byOwner.entrySet().stream()
        .mapToDouble(part -> addToOwner(part.getKey(), total * part.getValue() / sum))
        .sum();
  }

  private static Owner ownerOf(Pod pod, Namespace namespace) {
    return namespace
        .workloadOwners()
        .getOrDefault(pod.workloadType() + "/" + pod.workload(), namespace.owner());
  }

  private double addToOwner(Owner owner, double cost) {
    add(
        cost,
        "team:cost_hourly:sum",
        "team",
        owner.team(),
        "cost_center",
        owner.costCenter(),
        "environment",
        owner.environment());
    boolean nobody =
        owner.team().equals(UNATTRIBUTED.team()) || owner.team().equals(UNALLOCATED.team());
    return nobody ? 0 : cost;
  }

  /** Of money: what is used of what is requested, where usage is measured. */
  private void addEfficiency() {
    Map<String, List<PodCharge>> byNamespace =
        charges.stream().collect(groupingBy(charge -> charge.pod().namespace()));
    byNamespace.forEach(
        (namespace, pods) -> {
          addEfficiency(namespace, "cpu", pods.stream().map(PodCharge::cpu).toList());
          addEfficiency(namespace, "memory", pods.stream().map(PodCharge::memory).toList());
        });
  }

  private void addEfficiency(String namespace, String resource, List<Charges.Bases> bases) {
    double requested = bases.stream().mapToDouble(base -> base.request() - base.unmeasured()).sum();
    double used = bases.stream().mapToDouble(Charges.Bases::usage).sum();
    // What is left of all unmeasured requests is rounding.
    if (requested > 1e-12) {
      add(
          used / requested,
          "namespace:efficiency:ratio",
          "namespace",
          namespace,
          "resource",
          resource);
    }
  }

  private boolean isSplit(String pool) {
    return !pools.shares().getOrDefault(pool, Map.of()).isEmpty();
  }

  private void add(double value, String metric, String... labels) {
    String[] all = new String[labels.length + 2];
    all[0] = "cluster";
    all[1] = cluster;
    System.arraycopy(labels, 0, all, 2, labels.length);
    series.merge(SeriesKey.of(metric, all), value, Double::sum);
  }

  private static double sum(Map<?, Double> values) {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
