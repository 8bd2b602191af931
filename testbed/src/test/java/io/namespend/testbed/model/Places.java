package io.namespend.testbed.model;

import static java.util.stream.Collectors.toMap;

import io.namespend.testbed.model.Charges.Parts;
import io.namespend.testbed.model.Charges.PodCharge;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Per;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Where idle and reserved capacity is, and who runs there, per hour. */
final class Places {
  /** What is left of nothing is rounding. */
  private static final double DUST = 1e-12;

  private static final String UNGROUPED = "ungrouped";

  private final Scenario scenario;
  private final List<PodCharge> charges;
  private final Map<String, Node> nodes;

  Places(Scenario scenario) {
    this.scenario = scenario;
    this.charges = Charges.beforeCeiling(scenario);
    this.nodes = scenario.nodes().stream().collect(toMap(Node::name, Function.identity()));
  }

  static String group(Node node) {
    return node.group().isEmpty() ? UNGROUPED : node.group();
  }

  /** By place, and there by resource; unscaled. */
  Map<String, Map<String, Double>> amounts(String pool, Per per) {
    Map<String, Map<String, Double>> amounts = new TreeMap<>();
    for (Node node : scenario.nodes()) {
      Rates rates = Rates.of(node);
      Parts charged = new Parts(0, 0, 0);
      for (PodCharge charge : charges) {
        if (charge.pod().node().equals(node.name())) {
          charged =
              new Parts(
                  charged.cpu() + charge.charged().cpu(),
                  charged.memory() + charge.charged().memory(),
                  charged.gpu() + charge.charged().gpu());
        }
      }
      Map<String, Double> here = amounts.computeIfAbsent(place(node, per), key -> new TreeMap<>());
      here.merge(
          "cpu",
          amount(
              pool,
              node.capacity().cores() * rates.core(),
              charged.cpu(),
              node.reserved().cores() * rates.core()),
          Double::sum);
      here.merge(
          "memory",
          amount(
              pool,
              node.capacity().gib() * rates.gib(),
              charged.memory(),
              node.reserved().gib() * rates.gib()),
          Double::sum);
      here.merge(
          "gpu",
          amount(
              pool,
              node.capacity().gpus() * rates.gpu(),
              charged.gpu(),
              node.reserved().gpus() * rates.gpu()),
          Double::sum);
    }
    return amounts;
  }

  private static double amount(String pool, double price, double charged, double reserved) {
    double free = Math.max(0, price - charged);
    double idle = Math.max(0, free - reserved);
    double amount = pool.equals("idle") ? idle : free - idle;
    return amount > DUST ? amount : 0;
  }

  /** What a namespace is charged there. */
  double charged(String namespace, String place, Per per) {
    return charges.stream()
        .filter(charge -> charge.pod().namespace().equals(namespace))
        .filter(charge -> isOn(charge, place, per))
        .mapToDouble(charge -> charge.charged().sum())
        .sum();
  }

  private boolean isOn(PodCharge charge, String place, Per per) {
    Node node = nodes.get(charge.pod().node());
    return node != null && place(node, per).equals(place);
  }

  static String place(Node node, Per per) {
    return switch (per) {
      case CLUSTER -> "";
      case NODE_GROUP -> group(node);
      case NODE -> node.name();
    };
  }
}
