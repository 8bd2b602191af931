package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.prometheus.PrometheusClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the company and every team is told, in one set of queries. */
public final class BriefReader {
  private final PrometheusClient prometheus;
  private final DigestSettings settings;

  public BriefReader(PrometheusClient prometheus, DigestSettings settings) {
    this.prometheus = requireNonNull(prometheus, "prometheus");
    this.settings = requireNonNull(settings, "settings");
  }

  /**
   * @param digest the company's week
   */
  public Briefs read(WeeklyDigest digest) {
    Recorded recorded = new Recorded(prometheus, digest.week());
    BriefData data =
        new BriefData(
            digest,
            byTeam(recorded.hours("team:cost:sum1h", "team")),
            recorded.hours(
                "ledger_line:cost:sum1h", "cluster", "namespace", "resource", "pool", "team"),
            new Owners(
                recorded.rates(
                    "namespace_owner:cost_hourly:direct", "cluster", "namespace", "team"),
                recorded.seen("namespend_namespace_info", "cluster", "namespace", "team")),
            recorded.rates(
                "workload:cost_hourly:direct", "cluster", "namespace", "workload_type", "workload"),
            recorded.ratesOfTheWeek(
                "workload_basis:cost_hourly:sum{basis=~\"request|usage\",resource!=\"gpu\"}",
                "cluster",
                "namespace",
                "workload_type",
                "workload",
                "resource",
                "basis"),
            recorded.hours("namespace:allocated:sum1h", "cluster", "namespace", "resource"),
            recorded.last(
                "sum",
                "workload_basis:cost_hourly:sum{basis=~\"request|usage\",resource!=\"gpu\"}",
                "cluster",
                "namespace",
                "workload_type",
                "workload",
                "resource",
                "basis"),
            recorded.needs(),
            recorded.last(
                "max",
                "namespend_workload_requested{resource=~\"cpu|memory\"}",
                "cluster",
                "namespace",
                "workload_type",
                "workload",
                "resource"),
            recorded.pods(),
            recorded.last("sum", "node:fits_elsewhere:bool", "cluster"),
            recorded.hours("pool_group:cost:sum1h{pool=\"idle\"}", "node_group"),
            first(recorded.monthToDate("team:cost:sum1h", "team")),
            first(recorded.monthEstimate("team", "team")),
            first(recorded.last("sum", "team:cost:month_forecast", "team")),
            new UsageMeasured(
                recorded.mean("cluster:usage_measured:ratio1h", "cluster"),
                recorded.mean("namespace:usage_measured:ratio1h", "cluster", "namespace")),
            budgets(recorded),
            Days.of(recorded.hourly("team:cost:sum1h", "team"), digest.week()),
            units(recorded),
            warnings(recorded));
    return new Briefs(data, settings);
  }

  private List<String> warnings(Recorded recorded) {
    List<String> warnings = new ArrayList<>();
    recorded.last("min", "cluster:history_kept:seconds").values().stream()
        .map(Figures::days)
        .forEach(
            days ->
                warnings.add(
                    ("Prometheus keeps %s of history, so months are estimates: keep 32 days or"
                            + " more; see the alert NamespendHistoryTooShort.")
                        .formatted(days)));
    prometheus.warned().forEach(warning -> warnings.add("Prometheus warns: " + warning));
    return warnings;
  }

  private static Map<String, WeekOnWeek> byTeam(Map<List<String>, WeekOnWeek> costs) {
    Map<String, WeekOnWeek> byTeam = new HashMap<>();
    costs.forEach((key, cost) -> byTeam.merge(team(key.get(0)), cost, WeekOnWeek::plus));
    return byTeam;
  }

  private static Map<String, Double> first(Map<List<String>, Double> values) {
    Map<String, Double> byName = new HashMap<>();
    values.forEach((key, value) -> byName.merge(team(key.get(0)), value, Double::sum));
    return byName;
  }

  private static String team(String label) {
    return label.isEmpty() ? Owners.NOBODY : label;
  }

  /** Those of teams go through all clusters; a namespace is one of a cluster. */
  private static List<BriefData.Limit> budgets(Recorded recorded) {
    String monthly = "namespend_budget{period=\"month\",scope=~\"team|namespace\"}";
    Map<List<String>, Double> budgets = recorded.last("max", monthly, "scope", "name", "cluster");
    boolean hasNamespaces =
        budgets.keySet().stream().anyMatch(key -> key.get(0).equals("namespace"));
    Map<List<String>, Double> used = new HashMap<>();
    Map<List<String>, Double> estimate = new HashMap<>();
    Map<List<String>, Double> forecast = new HashMap<>();
    if (hasNamespaces) {
      used.putAll(recorded.monthToDate("namespace:cost:sum1h", "namespace", "cluster"));
      estimate.putAll(recorded.monthEstimate("namespace", "namespace", "cluster"));
      forecast.putAll(
          recorded.last("sum", "namespace:cost:month_forecast", "namespace", "cluster"));
    }
    Map<List<String>, BriefData.Limit> limits = new HashMap<>();
    budgets.forEach(
        (key, amount) -> {
          boolean isTeam = key.get(0).equals("team");
          String cluster = isTeam ? "" : key.get(2);
          List<String> place = List.of(key.get(1), cluster);
          limits.merge(
              List.of(key.get(0), key.get(1), cluster),
              new BriefData.Limit(
                  key.get(0),
                  key.get(1),
                  cluster,
                  amount,
                  used.get(place),
                  estimate.get(place),
                  forecast.get(place)),
              (left, right) -> left.amount() >= right.amount() ? left : right);
        });
    return List.copyOf(limits.values());
  }

  private Map<DigestSettings.Unit, WeekOnWeek> units(Recorded recorded) {
    Map<DigestSettings.Unit, WeekOnWeek> units = new HashMap<>();
    settings.units().forEach(unit -> units.put(unit, recorded.total(unit.series())));
    return units;
  }
}
