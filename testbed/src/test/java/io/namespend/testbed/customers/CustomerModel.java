package io.namespend.testbed.customers;

import io.namespend.testbed.customers.CustomerScenario.Customer;
import io.namespend.testbed.customers.CustomerScenario.External;
import io.namespend.testbed.customers.CustomerScenario.Line;
import io.namespend.testbed.customers.CustomerScenario.Member;
import io.namespend.testbed.customers.CustomerScenario.Service;
import io.namespend.testbed.customers.CustomerScenario.Use;
import io.namespend.testbed.customers.CustomerScenario.Workload;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who bears what, by section 10 of docs/allocation-policy.md, in dollars: nothing here is a ratio
 * that the rules have too. Written from that text, not from the rules.
 */
final class CustomerModel {
  private static final String UNATTRIBUTED = "unattributed";

  /** Who bears an amount of a service, and on what it rests. */
  record Share(String customer, String service, String basis) {
    @Override
    public String toString() {
      return "customer=\"%s\", service=\"%s\", basis=\"%s\"".formatted(customer, service, basis);
    }
  }

  /** A part of a service that is one customer's, or, with an empty name, everybody's. */
  private record Part(String service, String customer) {}

  private final CustomerScenario scenario;
  private final Map<Part, Double> direct = new TreeMap<>(Comparator.comparing(Part::toString));
  private final Map<Part, Double> overhead = new TreeMap<>(Comparator.comparing(Part::toString));
  private final Map<Share, Double> borne = new TreeMap<>(Comparator.comparing(Share::toString));
  private final Set<String> named = new HashSet<>();

  CustomerModel(CustomerScenario scenario) {
    this.scenario = scenario;
    divideOverServices();
    nameCustomers();
    Map<Share, Double> before = beforeStanding();
    before.forEach(this::bear);
    standing(before);
    overhead();
  }

  Map<Share, Double> borne() {
    return borne;
  }

  Map<String, Double> services() {
    Map<String, Double> costs = new TreeMap<>();
    direct.forEach((part, cost) -> costs.merge(part.service(), cost, Double::sum));
    overhead.forEach((part, cost) -> costs.merge(part.service(), cost, Double::sum));
    return costs;
  }

  double outside() {
    return scenario.lines().stream().mapToDouble(Line::amount).sum()
        - services().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  double coverage() {
    double covered =
        sumOf(share -> share.basis().equals("dedicated") || share.basis().equals("measured"));
    return covered / sumOf(share -> true);
  }

  private double sumOf(Predicate<Share> which) {
    return borne.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private void divideOverServices() {
    for (Line line : scenario.lines()) {
      List<Service> owners =
          scenario.services().stream()
              .filter(service -> service.pools().contains(line.pool()))
              .toList();
      if (!owners.isEmpty()) {
        direct.merge(new Part(owners.get(0).name(), ""), line.amount(), Double::sum);
      } else if (!line.pool().isEmpty()) {
        divideNamespace(line.namespace(), line.amount(), overhead);
      } else if (line.resource().equals("external") || line.namespace().isEmpty()) {
        divideNamespace(line.namespace(), line.amount() - ofExternals(line), direct);
      } else {
        divideNamespace(line.namespace(), line.amount(), direct);
      }
    }
  }

  /** Gives services what they name of a line of external services; returns how much that is. */
  private double ofExternals(Line line) {
    List<External> here =
        scenario.externals().stream()
            .filter(
                each ->
                    each.namespace().equals(line.namespace()) && each.team().equals(line.team()))
            .toList();
    double all = here.stream().mapToDouble(External::cost).sum();
    double taken = 0;
    for (External external : here) {
      if (!external.service().isEmpty() && all > 0) {
        double amount = line.amount() * external.cost() / all;
        direct.merge(new Part(external.service(), ""), amount, Double::sum);
        taken += amount;
      }
    }
    return taken;
  }

  private void divideNamespace(String namespace, double amount, Map<Part, Double> to) {
    List<Workload> workloads =
        scenario.workloads().stream()
            .filter(workload -> workload.namespace().equals(namespace))
            .toList();
    double all = workloads.stream().mapToDouble(Workload::cost).sum();
    if (all > 0) {
      for (Workload workload : workloads) {
        if (!workload.service().isEmpty()) {
          to.merge(
              new Part(workload.service(), workload.customer()),
              amount * workload.cost() / all,
              Double::sum);
        }
      }
    } else {
      for (Member member : scenario.namespaces()) {
        if (member.namespace().equals(namespace)) {
          to.merge(new Part(member.service(), member.customer()), amount, Double::sum);
        }
      }
    }
  }

  /** Whether it is open which of two customers that cost the same is named. */
  boolean isAmbiguous() {
    List<Double> costs = ranks().values().stream().sorted(Comparator.reverseOrder()).toList();
    return scenario.named() < costs.size()
        && costs.get(scenario.named()).equals(costs.get(scenario.named() - 1));
  }

  private void nameCustomers() {
    ranks().entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(scenario.named())
        .forEach(entry -> named.add(entry.getKey()));
  }

  private Map<String, Double> ranks() {
    Map<String, Double> rank = new TreeMap<>();
    scenario.directory().forEach(customer -> rank.put(customer.id(), 0.0));
    Map<String, Double> costs = services();
    for (Service service : scenario.services()) {
      Map<String, Double> uses = usesByRealName(service);
      double all = uses.values().stream().mapToDouble(Double::doubleValue).sum();
      uses.forEach(
          (customer, use) ->
              rank.merge(
                  customer, costs.getOrDefault(service.name(), 0.0) * use / all, Double::sum));
    }
    for (Map<Part, Double> parts : List.of(direct, overhead)) {
      parts.forEach(
          (part, cost) -> {
            if (!part.customer().isEmpty()) {
              rank.merge(part.customer(), cost, Double::sum);
            }
          });
    }
    rank.remove(UNATTRIBUTED);
    return rank;
  }

  private String shown(String customer) {
    return customer.equals(UNATTRIBUTED) || named.contains(customer) ? customer : "long-tail";
  }

  private static boolean isUse(double amount) {
    return amount > 0 && amount < Double.POSITIVE_INFINITY;
  }

  private boolean isMeasured(Service service) {
    return scenario.uses().stream()
        .filter(use -> use.service().equals(service.name()))
        .anyMatch(
            use -> isUse(use.now()) || (!service.window().equals("1h") && use.recorded() > 0));
  }

  /** In the window, else in the last day; empty if there was none. */
  private Map<String, Double> usesByRealName(Service service) {
    List<Use> uses =
        scenario.uses().stream().filter(use -> use.service().equals(service.name())).toList();
    boolean recorded = uses.stream().anyMatch(use -> use.recorded() > 0);
    boolean now = uses.stream().anyMatch(use -> isUse(use.now()));
    boolean byRecorded = service.window().equals("1h") ? !now : recorded;
    Map<String, Double> amounts = new TreeMap<>();
    for (Use use : uses) {
      double amount = byRecorded ? use.recorded() : use.now();
      if (isUse(amount)) {
        amounts.merge(
            use.customer().isEmpty() ? UNATTRIBUTED : use.customer(), amount, Double::sum);
      }
    }
    return amounts;
  }

  private Map<Share, Double> beforeStanding() {
    Map<Share, Double> before = new TreeMap<>(Comparator.comparing(Share::toString));
    direct.forEach(
        (part, cost) -> {
          if (!part.customer().isEmpty()) {
            before.merge(
                new Share(shown(part.customer()), part.service(), "dedicated"), cost, Double::sum);
          }
        });
    for (Service service : scenario.services()) {
      double shared = direct.getOrDefault(new Part(service.name(), ""), 0.0);
      Map<String, Double> uses = usesByRealName(service);
      give(
          before,
          service.name(),
          shared * service.variable(),
          uses,
          isMeasured(service) ? "measured" : "modelled");
      if (!service.base().equals("proportional")) {
        Map<String, Double> weights = new TreeMap<>();
        for (Customer customer : scenario.directory()) {
          weights.put(customer.id(), service.base().equals("even") ? 1 : customer.weight());
        }
        give(before, service.name(), shared * (1 - service.variable()), weights, "modelled");
      }
    }
    return before;
  }

  /** The rest that is split in proportion to all that is there before. */
  private void standing(Map<Share, Double> before) {
    Map<String, Double> bears = new TreeMap<>();
    before.forEach((share, amount) -> bears.merge(share.customer(), amount, Double::sum));
    Set<String> participants =
        scenario.directory().stream()
            .map(customer -> shown(customer.id()))
            .collect(Collectors.toCollection(HashSet::new));
    participants.add(UNATTRIBUTED);
    bears.keySet().retainAll(participants);
    for (Service service : scenario.services()) {
      if (service.base().equals("proportional")) {
        double shared = direct.getOrDefault(new Part(service.name(), ""), 0.0);
        give(borne, service.name(), shared * (1 - service.variable()), bears, "modelled");
      }
    }
  }

  private void overhead() {
    Map<Share, Double> sofar = Map.copyOf(borne);
    overhead.forEach(
        (part, cost) -> {
          if (part.customer().isEmpty()) {
            Map<String, Double> keys = new TreeMap<>();
            sofar.forEach(
                (share, amount) -> {
                  if (share.service().equals(part.service())
                      && !share.basis().equals("dedicated")) {
                    keys.merge(share.customer(), amount, Double::sum);
                  }
                });
            give(borne, part.service(), cost, keys, "modelled");
          } else {
            bear(new Share(shown(part.customer()), part.service(), "modelled"), cost);
          }
        });
  }

  /** Divides an amount by keys; what has nobody to go to is nobody's. */
  private void give(
      Map<Share, Double> to,
      String service,
      double amount,
      Map<String, Double> keys,
      String basis) {
    double all = keys.values().stream().mapToDouble(Double::doubleValue).sum();
    if (all == 0) {
      to.merge(new Share(UNATTRIBUTED, service, UNATTRIBUTED), amount, Double::sum);
      return;
    }
    keys.forEach(
        (customer, key) ->
            to.merge(
                new Share(
                    shown(customer), service, customer.equals(UNATTRIBUTED) ? UNATTRIBUTED : basis),
                amount * key / all,
                Double::sum));
  }

  private void bear(Share share, double amount) {
    borne.merge(share, amount, Double::sum);
  }
}
