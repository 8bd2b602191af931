package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the company, or one team, is told about a week. All amounts are in the currency. What is
 * empty was not recorded, or does not apply; that is not the same as 0.
 *
 * @param spenders by cost: the teams of a company, the namespaces of a team
 * @param namespaces of this week and of the week before, by cost
 * @param clusters of the company, by cost; a team is told its namespaces' only
 * @param movers namespaces that moved most, beyond the floor; the largest move first
 * @param monthEstimate of the month so far, as if hours without figures were as the others
 * @param monthCoverage share of the minutes of the month so far that have figures
 * @param forecast of the whole month that the week ends in
 * @param unattributed share of the week's cost that has no owner
 * @param usageMeasured share of the requested money whose usage was measured
 * @param noComparison why this week cannot be compared with the one before, if it cannot
 * @param freshUntil the end of the last hour that has figures
 * @param reasons of the change; they add up to it, and are empty where there is none to tell
 * @param idleGroup the node group with most idle capacity, for the company
 * @param days what of each calendar day is in this week, and in the week before
 */
public record Brief(
    Scope scope,
    Week week,
    Currencies currencies,
    WeekOnWeek total,
    Optional<Parts> parts,
    List<Spender> spenders,
    List<NamespaceCost> namespaces,
    List<ClusterCost> clusters,
    List<Mover> movers,
    OptionalDouble monthToDate,
    OptionalDouble monthEstimate,
    double monthCoverage,
    OptionalDouble forecast,
    List<Budget> budgets,
    Optional<Efficiency> efficiency,
    OptionalDouble unattributed,
    List<UnitCost> unitCosts,
    Coverage coverage,
    OptionalDouble usageMeasured,
    Optional<String> noComparison,
    Optional<Instant> freshUntil,
    NavigableMap<LocalDate, WeekOnWeek> days,
    List<Reason> reasons,
    Optional<IdleGroup> idleGroup,
    List<String> warnings) {
  public Brief {
    requireNonNull(scope, "scope");
    requireNonNull(week, "week");
    requireNonNull(total, "total");
    spenders = List.copyOf(spenders);
    namespaces = List.copyOf(namespaces);
    clusters = List.copyOf(clusters);
    movers = List.copyOf(movers);
    budgets = List.copyOf(budgets);
    unitCosts = List.copyOf(unitCosts);
    days = new TreeMap<>(days);
    reasons = List.copyOf(reasons);
    warnings = List.copyOf(warnings);
  }

  /** Whether so much of the month is missing that its figures are estimates. */
  public boolean isMonthEstimated() {
    return monthCoverage < Coverage.FULL_FROM;
  }

  /**
   * The total, taken apart.
   *
   * @param unallocated what no namespace and no team bears
   */
  public record Parts(
      WeekOnWeek direct, WeekOnWeek idle, WeekOnWeek shared, WeekOnWeek unallocated) {}

  /**
   * @param name of a team or a namespace
   * @param cluster of a namespace; else, and on a single cluster, empty
   */
  public record Spender(String name, String cluster, WeekOnWeek cost) {}

  /**
   * @param cause the workload, resource or pool that moved the same way and most; empty where
   *     nothing did
   */
  public record Mover(NamespaceCost namespace, Optional<Cause> cause) {}

  /**
   * @param name such as Deployment api
   * @param difference in the currency
   * @param pods of a workload at the end of each week; nothing where they are not known
   */
  public record Cause(String name, double difference, WeekOnWeek pods) {
    public Cause(String name, double difference) {
      this(name, difference, WeekOnWeek.NOTHING);
    }
  }

  /**
   * A part of a change.
   *
   * @param name such as prices
   * @param amount in the currency; less than nothing where it made the cost smaller
   */
  public record Reason(String name, double amount) {}

  /** What of a node group was idle in the week. */
  public record IdleGroup(String name, double cost) {}

  /**
   * A budget of the month.
   *
   * @param scope team or namespace
   * @param used as far as it was measured
   * @param estimate of what is used, hours without figures included; where few are missing, the
   *     same as is used
   * @param forecast empty where too little is known of the month
   */
  public record Budget(
      String scope,
      String name,
      double amount,
      double used,
      double estimate,
      OptionalDouble forecast) {
    public boolean isExceeded() {
      return estimate > amount;
    }

    /** Whether it is said of hours, too, that were not measured. */
    public boolean isEstimated() {
      return estimate > used;
    }

    public boolean isEndangered() {
      return forecast.orElse(0) > amount;
    }
  }

  /** What CPU and memory cost as requested, and as used. */
  public record Efficiency(double requested, double used, Optional<Saving> saving) {
    public double ratio() {
      return requested == 0 ? 0 : used / requested;
    }
  }

  /**
   * The workload that requests most beyond what it needs.
   *
   * @param requested what its requests cost in a month
   * @param amount what of that it does not need
   * @param pods how many it has; 0 where that is not known
   * @param nodeCanGo whether a node of its cluster could leave now, so that the saving is money and
   *     not only room; empty where that is not recorded
   */
  public record Saving(
      String cluster,
      String namespace,
      String workload,
      double requested,
      double amount,
      double pods,
      List<Setting> settings,
      Optional<Boolean> nodeCanGo) {
    public Saving {
      settings = List.copyOf(settings);
    }
  }

  /**
   * A request to change.
   *
   * @param ofPod what each pod requests now, in cores or bytes, where known
   * @param enough which part of that is enough
   */
  public record Setting(String resource, OptionalDouble ofPod, double enough) {}

  /**
   * @param cost of one unit; empty where fewer units were counted than the minimum
   * @param isMeasured whether the week's cost is known well enough to be divided
   */
  public record UnitCost(
      String name, OptionalDouble cost, OptionalDouble before, boolean isMeasured) {}
}
