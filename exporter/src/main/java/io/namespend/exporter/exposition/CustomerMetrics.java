package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.CostUnit;
import io.namespend.exporter.policy.CustomerEntry;
import io.namespend.exporter.policy.CustomerService;
import io.namespend.exporter.policy.CustomerService.Base;
import io.namespend.exporter.policy.Customers;
import io.namespend.exporter.policy.Customers.Membership;
import io.namespend.exporter.policy.Policy;
import io.namespend.foundation.settings.Constant;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the policy says of customers, their services and units; nothing if it says nothing. */
final class CustomerMetrics {
  /** Rates of a split over a base that nobody weighs. */
  private static final double EVEN = 1;

  private CustomerMetrics() {}

  /** What members depend on. */
  record Input(
      Customers customers,
      List<Namespace> namespaces,
      Map<Workload, Map<String, String>> workloads) {}

  /** Which workloads and namespaces belong to services and customers. */
  static MetricSnapshot members(Input input) {
    var members =
        new InfoFamily(
            "namespend_customer_member",
            "[EXPERIMENTAL] To which service of customers a workload belongs, and to which customer"
                + " if it works for one alone; without a workload, where the namespace belongs"
                + " while none of it costs anything. From the policy and labels.",
            "namespace",
            "workload_type",
            "workload",
            "service",
            "customer");
    Customers customers = input.customers();
    if (customers.areAsked()) {
      Map<String, Map<String, String>> labels = new HashMap<>();
      input.namespaces().forEach(namespace -> labels.put(namespace.name(), namespace.labels()));
      input.workloads().keySet().forEach(each -> labels.putIfAbsent(each.namespace(), Map.of()));
      labels.forEach(
          (namespace, found) ->
              customers
                  .of(namespace, found)
                  .ifPresent(member -> add(members, member, namespace, "", "")));
      input
          .workloads()
          .forEach(
              (workload, found) ->
                  customers
                      .of(workload, found, labels.getOrDefault(workload.namespace(), Map.of()))
                      .ifPresent(
                          member ->
                              add(
                                  members,
                                  member,
                                  workload.namespace(),
                                  workload.type(),
                                  workload.name())));
    }
    return members.snapshot();
  }

  private static void add(
      InfoFamily members, Membership member, String namespace, String type, String workload) {
    members.add(namespace, type, workload, member.service(), member.customer());
  }

  /** Services, customers and units at a moment. */
  static List<MetricSnapshot> of(Policy policy, Instant now) {
    Customers customers = policy.customers();
    List<CustomerEntry> valid =
        customers.directory().stream().filter(entry -> entry.isValidAt(now)).toList();
    return List.of(
        services(customers),
        variable(customers),
        pools(customers),
        externalServices(customers),
        baseWeights(customers, valid),
        customers(valid),
        revenue(valid, now),
        named(customers),
        units(policy.units()),
        minimums(policy.units()));
  }

  private static MetricSnapshot services(Customers customers) {
    var services =
        new InfoFamily(
            "namespend_customer_service",
            "[EXPERIMENTAL] A service whose cost is split over customers: over which window use is"
                + " added up, and how the part that does not follow use is split. From the"
                + " policy.",
            "service",
            "window",
            "base");
    for (CustomerService service : customers.services()) {
      services.add(service.name(), service.window().text(), Constant.text(service.base()));
    }
    return services.snapshot();
  }

  private static MetricSnapshot variable(Customers customers) {
    var variable =
        new GaugeFamily(
            "namespend_customer_service_variable",
            "[EXPERIMENTAL] Part of the service's cost that follows use, from 0 to 1. From the"
                + " policy.",
            "service");
    for (CustomerService service : customers.services()) {
      variable.add(service.variable(), service.name());
    }
    return variable.snapshot();
  }

  private static MetricSnapshot pools(Customers customers) {
    var pools =
        new InfoFamily(
            "namespend_customer_service_pool",
            "[EXPERIMENTAL] A pool whose whole cost belongs to a service of customers. From the"
                + " policy.",
            "service",
            "pool");
    for (CustomerService service : customers.services()) {
      service.pools().forEach(pool -> pools.add(service.name(), pool));
    }
    return pools.snapshot();
  }

  private static MetricSnapshot externalServices(Customers customers) {
    var external =
        new InfoFamily(
            "namespend_customer_service_external",
            "[EXPERIMENTAL] An external service whose cost belongs to a service of customers. From"
                + " the policy.",
            "service",
            "external_service");
    for (CustomerService service : customers.services()) {
      service.externalServices().forEach(name -> external.add(service.name(), name));
    }
    return external.snapshot();
  }

  private static MetricSnapshot baseWeights(Customers customers, List<CustomerEntry> valid) {
    var weights =
        new GaugeFamily(
            "namespend_customer_base_weight",
            "[EXPERIMENTAL] Weight of a customer in the split of a service's cost that does not"
                + " follow use: its own in a split by weight, else 1. From the policy and the"
                + " directory.",
            "service",
            "customer");
    for (CustomerService service : customers.services()) {
      if (service.variable() < 1) {
        for (CustomerEntry entry : valid) {
          double weight = service.base() == Base.WEIGHT ? entry.weight() : EVEN;
          weights.add(weight, service.name(), entry.id());
        }
        if (service.base() == Base.PROPORTIONAL) {
          weights.add(EVEN, service.name(), Customers.UNATTRIBUTED);
        }
      }
    }
    return weights.snapshot();
  }

  private static MetricSnapshot customers(List<CustomerEntry> valid) {
    var info =
        new InfoFamily(
            "namespend_customer",
            "[EXPERIMENTAL] A customer of the directory that is valid now. Names are not"
                + " published.",
            "customer",
            "tier");
    valid.forEach(entry -> info.add(entry.id(), entry.tier()));
    return info.snapshot();
  }

  private static MetricSnapshot revenue(List<CustomerEntry> valid, Instant now) {
    var revenue =
        new GaugeFamily(
            "namespend_customer_revenue_hourly",
            "[EXPERIMENTAL] Revenue of the customer for one hour: its monthly revenue over the"
                + " hours of the month. From the directory.",
            "customer");
    for (CustomerEntry entry : valid) {
      entry.hourlyRevenueAt(now).ifPresent(amount -> revenue.add(amount, entry.id()));
    }
    return revenue.snapshot();
  }

  private static MetricSnapshot named(Customers customers) {
    var named =
        new GaugeFamily(
            "namespend_customers_named",
            "[EXPERIMENTAL] How many customers have series of their own; the others are added up"
                + " as long-tail. From the policy.");
    if (customers.areAsked()) {
      named.add(customers.named());
    }
    return named.snapshot();
  }

  private static MetricSnapshot units(List<CostUnit> units) {
    var info =
        new InfoFamily(
            "namespend_unit",
            "[EXPERIMENTAL] Whose cost is divided by the count of the unit: services of customers,"
                + " teams, namespaces, or the cluster. From the policy.",
            "unit",
            "scope",
            "name");
    for (CostUnit unit : units) {
      if (unit.of().isEmpty()) {
        info.add(unit.name(), unit.scope().metricLabel(), "");
      }
      unit.of().forEach(name -> info.add(unit.name(), unit.scope().metricLabel(), name));
    }
    return info.snapshot();
  }

  private static MetricSnapshot minimums(List<CostUnit> units) {
    var minimums =
        new GaugeFamily(
            "namespend_unit_minimum",
            "[EXPERIMENTAL] Fewer units in a span have no cost per unit there. From the policy.",
            "unit");
    units.forEach(unit -> minimums.add(unit.minimum(), unit.name()));
    return minimums.snapshot();
  }
}
