package io.namespend.testbed.customers;

import java.util.List;

/**
 * What the rules of customers read of a cluster.
 *
 * @param lines of the ledger
 * @param named how many customers have series of their own
 */
record CustomerScenario(
    List<Line> lines,
    List<Workload> workloads,
    List<Member> namespaces,
    List<Service> services,
    List<External> externals,
    List<Use> uses,
    List<Customer> directory,
    int named) {

  /**
   * What somebody bears.
   *
   * @param resource empty for shares of pools, and for what teams own
   */
  record Line(String namespace, String resource, String pool, String team, double amount) {}

  /**
   * A workload and whose it is.
   *
   * @param service empty if it is of none
   * @param customer empty if it works for several
   */
  record Workload(String namespace, String name, double cost, String service, String customer) {}

  /** Whose a namespace is while its workloads cost nothing. */
  record Member(String namespace, String service, String customer) {}

  /**
   * A service of the policy.
   *
   * @param window 1h, 24h or 30d
   * @param base even, weight or proportional
   */
  record Service(String name, String window, double variable, String base, List<String> pools) {}

  /**
   * An external service.
   *
   * @param namespace empty if a team owns it
   * @param service empty if it is of none
   */
  record External(String name, String namespace, String team, double cost, String service) {}

  /**
   * Use of a service.
   *
   * @param customer empty if the use names none
   * @param now in the last hour; NaN and others that are no use among them
   * @param recorded in an hour of the last day; 0 if there was none
   */
  record Use(String service, String customer, double now, double recorded) {}

  /** A customer of the directory. */
  record Customer(String id, double weight) {}
}
