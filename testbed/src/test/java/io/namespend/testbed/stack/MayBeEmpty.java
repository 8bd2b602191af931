package io.namespend.testbed.stack;

import java.util.List;

/**
 * A panel, annotation or variable that may be empty.
 *
 * @param place as in {@code namespend-team: Cost (A)}, without the letter for all of the panel's
 *     figures
 * @param always whether it is empty in the simulated cluster whatever one chooses, so that an
 *     answer shows that the reason is no longer true
 */
record MayBeEmpty(String place, boolean always, String reason) {
  /** The one place for all of them. */
  static final List<MayBeEmpty> ALL =
      List.of(
          always("*: $cluster", "there is one cluster, without a label"),
          always("*: annotation Rollouts", "there is no kube-state-metrics"),
          always("*: annotation Price changes", "prices stay as they are"),
          sometimes("*: annotation Budget breaches", "alerts need time to fire"),
          sometimes("namespend-budgets: Breaches over time", "a budget may hold"),
          sometimes(
              "namespend-exporter: What failed",
              "the exporter may be younger than a step of 5 min"),
          sometimes("namespend-exporter: Installation alerts", "all may be well"),
          always(
              "namespend-namespace: Last 24 hours vs. normal (B)",
              "there are fewer than six weeks"),
          sometimes("namespend-namespace: Budgets", "not every namespace has a budget"),
          always("namespend-namespace: Volumes", "there are no volumes"),
          sometimes(
              "namespend-namespace: Share of requests used now", "a namespace may request nothing"),
          always("namespend-overview: Teams by cost in the time range (F)", "no team has a budget"),
          always("namespend-pools: Shares of $pool, an hour (C)", "no pool has floors"),
          sometimes(
              "namespend-pools: What fills $pool, an hour", "not all pools are of namespaces"),
          always("namespend-pools: Driver of $pool", "no pool has a driver"),
          sometimes(
              "namespend-waste: Nodes of $node_group, an hour (E)",
              "every node may run tenants now"),
          always("namespend-team: Monthly budget", "no team has a budget"),
          always("namespend-team: Cost by day (B)", "no team has more than seven namespaces"),
          sometimes(
              "namespend-team: Namespaces by cost in the time range (D)", "not all have budgets"),
          sometimes("namespend-team: Team alerts", "all may be well"),
          always("namespend-trust: Price sources", "the price table is built in"),
          always(
              "namespend-trust: Refused annotations", "nobody asks for more than the policy lets"),
          always("namespend-trust: Bill and cluster", "the simulated provider sends no bill"),
          always("namespend-trust: Unbilled volumes", "there are no volumes"),
          always("namespend-trust: Foreign workloads by namespace", "all name their namespace's"),
          always(
              "namespend-trust: Billed and recorded, by month",
              "the simulated provider sends no bill"),
          always("namespend-trust: Label policies", "there is no Kyverno"),
          always("namespend-trust: Rules", "Prometheus does not scrape itself"),
          sometimes("namespend-trust: History (B)", "history may be long enough"),
          sometimes("namespend-trust: Measured usage", "rules may not say how much is"),
          sometimes(
              "namespend-trust: Measured usage by namespace", "rules may not say how much is"),
          always("namespend-unit-cost: $unit", "nobody counts units"),
          always("namespend-unit-cost: Cost per unit in the time range", "nobody counts units"),
          always("namespend-unit-cost: Units in the time range", "nobody counts units"),
          always("namespend-unit-cost: Cost per unit by day", "nobody counts units"),
          always("namespend-waste: List of unclaimed volumes, a month", "there are no volumes"),
          sometimes(
              "namespend-waste: Right-sizing candidates, a month", "all may be of the right size"),
          sometimes(
              "namespend-waste: Right-sizing would free, a month", "all may be of the right size"),
          sometimes(
              "namespend-workload: Share of requests used now", "a workload may request nothing"));

  private static MayBeEmpty always(String place, String reason) {
    return new MayBeEmpty(place, true, reason);
  }

  private static MayBeEmpty sometimes(String place, String reason) {
    return new MayBeEmpty(place, false, reason);
  }

  boolean isOf(String asked) {
    String name = place.startsWith("*") ? asked.substring(asked.indexOf(':')) : asked;
    String wanted = place.startsWith("*") ? place.substring(1) : place;
    return name.equals(wanted) || name.replaceFirst(" \\([A-Z]\\)$", "").equals(wanted);
  }
}
