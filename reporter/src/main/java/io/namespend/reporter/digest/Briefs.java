package io.namespend.reporter.digest;

import static java.util.Comparator.comparingDouble;

import io.namespend.reporter.digest.Brief.Budget;
import io.namespend.reporter.digest.Brief.Parts;
import io.namespend.reporter.digest.Brief.Spender;
import io.namespend.reporter.digest.Brief.UnitCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One week as the company sees it, and as each team does. */
public final class Briefs {
  private static final String UNALLOCATED = "unallocated";

  private static final Parts NO_PARTS =
      new Parts(WeekOnWeek.NOTHING, WeekOnWeek.NOTHING, WeekOnWeek.NOTHING, WeekOnWeek.NOTHING);

  private final BriefData data;
  private final DigestSettings settings;
  private final Movers movers;
  private final Savings savings;
  private final Reasons reasons;
  private final Map<String, List<NamespaceCost>> namespaces = new HashMap<>();
  private final Map<String, Parts> parts = new HashMap<>();
  private final Map<String, Set<String>> clusters = new HashMap<>();
  private Parts companyParts = NO_PARTS;

  Briefs(BriefData data, DigestSettings settings) {
    this.data = data;
    this.settings = settings;
    movers = new Movers(data, settings);
    savings = new Savings(data);
    reasons = new Reasons(data);
    splitNamespaces();
    data.lines().forEach(this::splitLine);
  }

  /** All that had cost in either week, and no pool. */
  public NavigableSet<String> teams() {
    NavigableSet<String> teams = new TreeSet<>(data.teams().keySet());
    teams.remove(UNALLOCATED);
    return teams;
  }

  public Brief company() {
    WeeklyDigest digest = data.digest();
    return brief(
        Scope.COMPANY,
        digest.total(),
        companyParts,
        spenders(
            data.teams().entrySet().stream()
                .map(
                    team -> new Spender(team.getKey(), "", flagged(team.getKey(), team.getValue())))
                .toList()),
        digest.namespaces());
  }

  /**
   * @param name of a team, which may have had no cost
   */
  public Brief team(String name) {
    List<NamespaceCost> own = namespaces.getOrDefault(name, List.of());
    return brief(
        Scope.of(name),
        flagged(name, data.teams().getOrDefault(name, WeekOnWeek.NOTHING)),
        parts.getOrDefault(name, NO_PARTS),
        spenders(
            own.stream()
                .map(row -> new Spender(row.namespace(), row.cluster(), row.cost()))
                .toList()),
        own);
  }

  private Brief brief(
      Scope scope,
      WeekOnWeek total,
      Parts taken,
      List<Spender> spenders,
      List<NamespaceCost> rows) {
    WeeklyDigest digest = data.digest();
    Set<String> within = clusters(scope);
    OptionalDouble usage =
        scope.team().isEmpty()
            ? data.usage().ofClusters(digest.clusters())
            : data.usage().ofNamespaces(rows);
    List<String> warnings = new ArrayList<>(DigestWarnings.of(digest));
    DigestWarnings.usage(usage).ifPresent(warnings::add);
    warnings.addAll(data.warnings());
    return new Brief(
        scope,
        digest.week(),
        digest.currencies(),
        total,
        data.lines().isEmpty() ? Optional.empty() : Optional.of(taken),
        spenders,
        rows,
        scope.team().isEmpty() ? digest.clusters() : List.of(),
        movers.of(rows, total),
        scope.team().isEmpty() && digest.monthToDate().isRecorded()
            ? OptionalDouble.of(digest.monthToDate().cost())
            : amount(data.monthToDate(), scope),
        estimate(scope),
        digest.month().coverage(within),
        amount(data.forecast(), scope),
        budgets(scope),
        savings.of(scope),
        unattributed(scope),
        units(scope, total, within),
        digest.coverage(),
        usage,
        DigestWarnings.noComparison(digest, within),
        data.days().until(),
        data.days().of(scope),
        reasons.of(scope, total),
        scope.team().isEmpty() ? idleGroup() : Optional.empty(),
        warnings);
  }

  private Optional<Brief.IdleGroup> idleGroup() {
    return data.idleGroups().entrySet().stream()
        .filter(group -> !group.getKey().get(0).isEmpty())
        .map(group -> new Brief.IdleGroup(group.getKey().get(0), group.getValue().cost()))
        .filter(group -> WeekOnWeek.isVisible(group.cost()))
        .max(comparingDouble(Brief.IdleGroup::cost).thenComparing(Brief.IdleGroup::name));
  }

  /** The same cost, not comparable where one of the team's clusters is not. */
  private WeekOnWeek flagged(String team, WeekOnWeek cost) {
    Set<String> within = clusters.getOrDefault(team, Set.of());
    return cost.comparable(
        data.digest().clusters().stream()
            .filter(row -> within.contains(row.cluster()))
            .allMatch(row -> row.cost().isComparable()));
  }

  private Set<String> clusters(Scope scope) {
    return scope
        .team()
        .map(team -> clusters.getOrDefault(team, Set.of()))
        .orElseGet(
            () ->
                data.digest().clusters().stream()
                    .map(ClusterCost::cluster)
                    .collect(Collectors.toSet()));
  }

  private OptionalDouble estimate(Scope scope) {
    ClusterSums all = data.digest().month().estimate();
    if (scope.team().isPresent()) {
      return amount(data.monthEstimate(), scope);
    }
    return all.isRecorded() ? OptionalDouble.of(all.cost()) : OptionalDouble.empty();
  }

  private static OptionalDouble amount(Map<String, Double> byTeam, Scope scope) {
    if (scope.team().isPresent()) {
      Double amount = byTeam.get(scope.team().get());
      return amount == null ? OptionalDouble.empty() : OptionalDouble.of(amount);
    }
    return byTeam.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(byTeam.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  private OptionalDouble unattributed(Scope scope) {
    double total = data.digest().total().cost();
    if (scope.team().isPresent() || data.teams().isEmpty() || total <= 0) {
      return OptionalDouble.empty();
    }
    double without =
        data.teams().getOrDefault(Owners.NOBODY, WeekOnWeek.NOTHING).cost()
            + data.teams().getOrDefault(UNALLOCATED, WeekOnWeek.NOTHING).cost();
    return OptionalDouble.of(without / total);
  }

  private static List<Spender> spenders(List<Spender> unsorted) {
    return unsorted.stream()
        .filter(row -> WeekOnWeek.isVisible(row.cost().cost()))
        .sorted(
            comparingDouble((Spender row) -> row.cost().cost())
                .reversed()
                .thenComparing(Spender::name)
                .thenComparing(Spender::cluster))
        .toList();
  }

  private List<Budget> budgets(Scope scope) {
    return data.limits().stream()
        .filter(limit -> scope.team().isEmpty() || belongs(limit, scope.team().get()))
        .map(this::budget)
        .sorted(
            comparingDouble(
                    (Budget budget) ->
                        budget.forecast().orElse(budget.estimate()) / budget.amount())
                .reversed()
                .thenComparing(Budget::scope)
                .thenComparing(Budget::name))
        .toList();
  }

  private Budget budget(BriefData.Limit limit) {
    String name = limit.name();
    boolean isTeam = limit.scope().equals("team");
    Double used = isTeam ? data.monthToDate().get(name) : limit.used();
    Double estimate = isTeam ? data.monthEstimate().get(name) : limit.estimate();
    Double forecast = isTeam ? data.forecast().get(name) : limit.forecast();
    double measured = Objects.requireNonNullElse(used, 0.0);
    double coverage =
        data.digest().month().coverage(isTeam ? clusters(Scope.of(name)) : Set.of(limit.cluster()));
    return new Budget(
        limit.scope(),
        name,
        limit.amount(),
        measured,
        coverage < Coverage.FULL_FROM
            ? Math.max(measured, Objects.requireNonNullElse(estimate, 0.0))
            : measured,
        forecast == null ? OptionalDouble.empty() : OptionalDouble.of(forecast));
  }

  private boolean belongs(BriefData.Limit limit, String team) {
    return limit.scope().equals("team")
        ? limit.name().equals(team)
        : data.owners().of(new Owners.Place(limit.cluster(), limit.name())).containsKey(team);
  }

  private List<UnitCost> units(Scope scope, WeekOnWeek total, Set<String> within) {
    boolean isMeasured =
        data.digest().clusters().stream()
            .filter(row -> within.contains(row.cluster()) && !row.cost().isComparable())
            .allMatch(row -> row.coverage().week() >= settings.comparable());
    List<UnitCost> units = new ArrayList<>();
    for (DigestSettings.Unit unit : settings.units()) {
      if (unit.team().equals(scope.team())) {
        WeekOnWeek count = data.units().getOrDefault(unit, WeekOnWeek.NOTHING);
        units.add(
            new UnitCost(
                unit.name(),
                isMeasured ? each(total.cost(), count.cost(), unit) : OptionalDouble.empty(),
                total.isComparable()
                    ? each(total.before(), count.before(), unit)
                    : OptionalDouble.empty(),
                isMeasured));
      }
    }
    return units;
  }

  private static OptionalDouble each(double cost, double count, DigestSettings.Unit unit) {
    return count <= 0 || count < unit.minimum()
        ? OptionalDouble.empty()
        : OptionalDouble.of(cost / count);
  }

  private void splitNamespaces() {
    for (NamespaceCost row : data.digest().namespaces()) {
      data.owners()
          .of(new Owners.Place(row.cluster(), row.namespace()))
          .forEach(
              (team, share) -> {
                WeekOnWeek cost = times(row.cost(), share);
                if (WeekOnWeek.isVisible(cost.cost()) || WeekOnWeek.isVisible(cost.before())) {
                  namespaces
                      .computeIfAbsent(team, any -> new ArrayList<>())
                      .add(new NamespaceCost(row.cluster(), row.namespace(), cost));
                  clusters.computeIfAbsent(team, any -> new HashSet<>()).add(row.cluster());
                }
              });
    }
  }

  private void splitLine(List<String> key, WeekOnWeek cost) {
    boolean hasNamespace = !key.get(1).isEmpty();
    String pool = key.get(3);
    Parts all = part(cost, hasNamespace, pool);
    companyParts = plus(companyParts, all);
    if (hasNamespace) {
      data.owners()
          .of(Owners.Place.of(key))
          .forEach(
              (team, share) ->
                  parts.merge(team, part(times(cost, share), true, pool), Briefs::plus));
    } else {
      String team =
          !pool.isEmpty() ? UNALLOCATED : key.get(4).isEmpty() ? Owners.NOBODY : key.get(4);
      clusters.computeIfAbsent(team, any -> new HashSet<>()).add(key.get(0));
      if (pool.isEmpty()) {
        parts.merge(team, all, Briefs::plus);
      }
    }
  }

  private static Parts part(WeekOnWeek cost, boolean hasNamespace, String pool) {
    WeekOnWeek none = WeekOnWeek.NOTHING;
    if (pool.isEmpty()) {
      return new Parts(cost, none, none, none);
    }
    if (!hasNamespace) {
      return new Parts(none, none, none, cost);
    }
    return pool.equals("idle")
        ? new Parts(none, cost, none, none)
        : new Parts(none, none, cost, none);
  }

  private static Parts plus(Parts left, Parts right) {
    return new Parts(
        left.direct().plus(right.direct()),
        left.idle().plus(right.idle()),
        left.shared().plus(right.shared()),
        left.unallocated().plus(right.unallocated()));
  }

  private static WeekOnWeek times(WeekOnWeek cost, WeekOnWeek share) {
    return new WeekOnWeek(
        cost.cost() * share.cost(), cost.before() * share.before(), cost.isComparable());
  }
}
