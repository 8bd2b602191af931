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
          sometimes("namespend-exporter: Alerts of the installation", "all may be well"),
          always(
              "namespend-namespace: Last 24 hours, and what is normal (B)",
              "there are fewer than six weeks"),
          sometimes("namespend-namespace: Budgets", "not every namespace has a budget"),
          always("namespend-namespace: Volumes", "there are no volumes"),
          sometimes(
              "namespend-namespace: Used of what is requested", "a namespace may request nothing"),
          always("namespend-overview: Teams, dearest first (F)", "no team has a budget"),
          always("namespend-pools: Shares of $pool (C)", "no pool has floors"),
          sometimes("namespend-pools: What fills $pool", "not all pools are of namespaces"),
          always("namespend-pools: Driver of $pool", "no pool has a driver"),
          sometimes("namespend-pools: Nodes of $node_group (E)", "every node may run tenants now"),
          always("namespend-team: Budget of the month", "no team has a budget"),
          always("namespend-team: Cost by day (B)", "no team has more than seven namespaces"),
          sometimes("namespend-team: Namespaces, dearest first (D)", "not all have budgets"),
          sometimes("namespend-team: Alerts of the team", "all may be well"),
          always("namespend-trust: Price sources", "the price table is built in"),
          always(
              "namespend-trust: Annotations that the policy refuses",
              "nobody asks for more than the policy lets"),
          always("namespend-trust: Bill and cluster", "the simulated provider sends no bill"),
          always("namespend-trust: Volumes that nobody bills", "there are no volumes"),
          always(
              "namespend-trust: Workloads that name another owner, by namespace",
              "all name their namespace's"),
          always("namespend-trust: Billed and recorded", "the simulated provider sends no bill"),
          always("namespend-trust: Label policies", "there is no Kyverno"),
          always("namespend-trust: Rules", "Prometheus does not scrape itself"),
          sometimes("namespend-trust: History (B)", "history may be long enough"),
          sometimes("namespend-trust: Usage that is measured", "rules may not say how much is"),
          sometimes(
              "namespend-trust: Usage that is measured, by namespace",
              "rules may not say how much is"),
          always("namespend-unit-cost: $unit", "nobody counts units"),
          always("namespend-unit-cost: Cost of one", "nobody counts units"),
          always("namespend-unit-cost: Units", "nobody counts units"),
          always("namespend-unit-cost: Cost of one by day", "nobody counts units"),
          always("namespend-waste: Volumes that nobody claims", "there are no volumes"),
          sometimes("namespend-waste: Right-sizing candidates", "all may be of the right size"),
          sometimes("namespend-waste: Right-sizing would save", "all may be of the right size"),
          sometimes(
              "namespend-workload: Used of what is requested", "a workload may request nothing"));

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
