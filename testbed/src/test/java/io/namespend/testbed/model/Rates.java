package io.namespend.testbed.model;

import io.namespend.testbed.model.Scenario.Amount;
import io.namespend.testbed.model.Scenario.Node;

/** What a core, a GiB and a GPU of a node cost per hour. */
record Rates(double core, double gib, double gpu) {
  /** The default split of a node's price, and the price of a node that no list knows. */
  private static final Rates COMMON = new Rates(0.031611, 0.004237, 0.95);

  private static final Rates SPOT = new Rates(0.006655, 0.000892, 0.308);

  /** Times the capacity they are the node's price. */
  static Rates of(Node node) {
    double scale = price(node) / COMMON.cost(node.capacity());
    boolean gpus = node.capacity().gpus() > 0;
    return new Rates(COMMON.core * scale, COMMON.gib * scale, gpus ? COMMON.gpu * scale : 0);
  }

  static double price(Node node) {
    return node.price().orElseGet(() -> (node.spot() ? SPOT : COMMON).cost(node.capacity()));
  }

  double cost(Amount amount) {
    return amount.cores() * core + amount.gib() * gib + amount.gpus() * gpu;
  }
}
