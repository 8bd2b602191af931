package io.namespend.testbed.month;

import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.month.Recorded.Cadence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Who spends what: workloads, whose costs add up to namespaces, teams, pools and the cluster. */
final class Company {
  private static final List<String> POOLS =
      List.of("idle", "system", "control-plane", "platform", "ingress", "rds-orders", "support");

  /** Dollars of the pools for each dollar of direct cost. */
  private static final double[] POOL_SHARES = {0.35, 0.05, 0.01, 0.1, 0.04, 0.03, 0.02};

  private final MonthPlan plan;
  private final Random random;
  private final List<Recorded> series = new ArrayList<>();
  private final Map<String, Amount> teams = new TreeMap<>();
  private final Map<String, Amount> pools = new TreeMap<>();
  private Amount everything = Amount.ZERO;

  Company(MonthPlan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed());
  }

  List<Recorded> series() {
    for (int namespace = 0; namespace < plan.namespaces(); namespace++) {
      addNamespace(namespace);
    }
    teams.forEach(this::addTeam);
    pools.forEach(this::addPool);
    addCluster();
    return series;
  }

  static String namespace(int namespace) {
    return "team-" + namespace + "-production";
  }

  private String team(int namespace) {
    return "team-" + namespace % plan.teams();
  }

  private void addNamespace(int number) {
    String namespace = namespace(number);
    String team = team(number);
    // Of a team's namespaces some grow and some shrink.
    double growth = random.nextDouble() - 0.4;
    Map<String, Amount> direct = new TreeMap<>();
    Map<List<String>, Amount> bases = new HashMap<>();
    for (int workload = number; workload < plan.workloads(); workload += plan.namespaces()) {
      addWorkload(namespace, "service-" + workload, team, growth, direct, bases);
    }
    if (number % 2 == 0) {
      direct.put("storage", amount(0.02, growth));
      add(
          Cadence.NOW,
          false,
          "namespend_claim_hourly_cost",
          direct.get("storage"),
          "namespace",
          namespace,
          "persistentvolumeclaim",
          "data",
          "persistentvolume",
          "pv-" + number,
          "storage_class",
          "gp3");
    }
    if (number % 5 == 0) {
      direct.put("load_balancer", new Amount(0.0225, 0));
    }
    Amount all = Amount.ZERO;
    for (Map.Entry<String, Amount> part : direct.entrySet()) {
      all = all.plus(part.getValue());
      addLine(namespace, part.getKey(), "", part.getValue());
      add(
          Cadence.LAST_MINUTES,
          true,
          "namespace:cost_hourly:direct",
          part.getValue(),
          "namespace",
          namespace,
          "resource",
          part.getKey());
      add(
          Cadence.HOURS,
          true,
          "namespace:allocated:sum1h",
          part.getValue().times(20),
          "namespace",
          namespace,
          "resource",
          part.getKey());
    }
    Amount owned = all;
    for (int pool = 0; pool < POOLS.size(); pool++) {
      Amount share = owned.times(POOL_SHARES[pool]);
      all = all.plus(share);
      pools.merge(POOLS.get(pool), share, Amount::plus);
      addShare(namespace, POOLS.get(pool), share);
    }
    bases.forEach(
        (basis, amount) ->
            add(
                Cadence.LAST_MINUTES,
                true,
                "namespace_basis:cost_hourly:sum",
                amount,
                "namespace",
                namespace,
                "basis",
                basis.get(0),
                "resource",
                basis.get(1)));
    for (String resource : List.of("cpu", "memory")) {
      add(
          Cadence.NOW,
          false,
          "namespace:efficiency:ratio",
          new Amount(random.nextDouble(), 0),
          "namespace",
          namespace,
          "resource",
          resource);
    }
    everything = everything.plus(all);
    teams.merge(team, all, Amount::plus);
    addTotals(number, namespace, team, all);
  }

  private void addWorkload(
      String namespace,
      String workload,
      String team,
      double growth,
      Map<String, Amount> direct,
      Map<List<String>, Amount> bases) {
    String[] labels = {"namespace", namespace, "workload_type", "Deployment", "workload", workload};
    Amount sum = Amount.ZERO;
    for (String resource : List.of("cpu", "memory")) {
      Amount request = amount(0.06, growth);
      Amount usage = request.times(0.2 + 0.7 * random.nextDouble());
      Amount cost = request.times(0.7).plus(usage.times(0.3));
      direct.merge(resource, cost, Amount::plus);
      bases.merge(List.of("request", resource), request, Amount::plus);
      bases.merge(List.of("usage", resource), usage, Amount::plus);
      sum = sum.plus(cost);
      add(
          Cadence.WORKLOADS,
          true,
          "workload:cost_hourly:direct",
          cost,
          with(labels, "resource", resource));
      add(
          Cadence.WORKLOADS,
          true,
          "workload_basis:cost_hourly:sum",
          request,
          with(labels, "resource", resource, "basis", "request"));
      add(
          Cadence.WORKLOADS,
          true,
          "workload_basis:cost_hourly:sum",
          usage,
          with(labels, "resource", resource, "basis", "usage"));
    }
    add(
        Cadence.NOW,
        false,
        "namespend_workload_owner_info",
        new Amount(1, 0),
        with(
            labels,
            "team",
            team,
            "cost_center",
            "cc-" + team,
            "environment",
            "production",
            "product",
            "",
            "owner_source",
            "namespace"));
    for (int pod = 0; pod < 2; pod++) {
      add(
          Cadence.NOW,
          true,
          "pod:cost_hourly:direct",
          sum.times(0.5),
          with(labels, "pod", workload + "-" + pod, "node", node(random.nextInt(nodes()))));
    }
  }

  private void addLine(String namespace, String resource, String pool, Amount amount) {
    add(
        Cadence.HOURS,
        true,
        "ledger_line:cost:sum1h",
        amount,
        resource.isEmpty()
            ? new String[] {"namespace", namespace, "pool", pool}
            : new String[] {"namespace", namespace, "resource", resource});
  }

  private void addShare(String namespace, String pool, Amount share) {
    addLine(namespace, "", pool, share);
    add(
        Cadence.NOW,
        true,
        "namespace:cost_hourly:shared",
        share,
        "namespace",
        namespace,
        "pool",
        pool);
    add(
        Cadence.NOW,
        true,
        "pool_namespace:split_key:sum",
        share,
        "namespace",
        namespace,
        "pool",
        pool);
  }

  private void addTotals(int number, String namespace, String team, Amount all) {
    String costCenter = "cc-" + team;
    String[] owner = {
      "namespace", namespace, "team", team, "cost_center", costCenter, "environment", "production"
    };
    add(Cadence.HOURS, true, "namespace:cost:sum1h", all, "namespace", namespace);
    add(Cadence.HOURS, true, "namespace_owner:cost:sum1h", all, owner);
    add(Cadence.LAST_MINUTES, true, "namespace:cost_hourly:sum", all, "namespace", namespace);
    add(Cadence.LAST_MINUTES, true, "namespace_owner:cost_hourly:sum", all, owner);
    add(Cadence.NOW, false, "namespace:cost:month_to_date", all.times(480), "namespace", namespace);
    add(
        Cadence.NOW,
        false,
        "namespace:cost:month_forecast",
        all.times(730),
        "namespace",
        namespace);
    add(
        Cadence.NOW,
        false,
        "namespend_namespace_info",
        new Amount(1, 0),
        with(owner, "tenancy", "tenant", "pool", "", "product", "", "owner_source", "label"));
    for (String figure : List.of("scope:cost:sum1d", "scope:cost:median6w")) {
      add(Cadence.NOW, false, figure, all.times(24), "scope", "namespace", "name", namespace);
    }
    if (number % 50 == 0) {
      addBudget("namespace", namespace, team, all);
      add(
          Cadence.NOW,
          false,
          "namespace:budget:used_ratio",
          new Amount(0.6, 0),
          "namespace",
          namespace,
          "period",
          "month");
    }
  }

  private void addTeam(String team, Amount all) {
    String[] labels = {"team", team, "cost_center", "cc-" + team, "environment", "production"};
    add(Cadence.HOURS, true, "team:cost:sum1h", all, labels);
    add(Cadence.LAST_MINUTES, true, "team:cost_hourly:sum", all, labels);
    add(Cadence.NOW, false, "team:cost:month_to_date", all.times(480), labels);
    add(Cadence.NOW, false, "team:cost:month_forecast", all.times(730), labels);
    add(
        Cadence.NOW,
        false,
        "team:budget:used_ratio",
        new Amount(0.6, 0),
        "team",
        team,
        "period",
        "month");
    add(Cadence.NOW, false, "team:budget:forecast_ratio", new Amount(0.9, 0), "team", team);
    addBudget("team", team, team, all);
  }

  private void addBudget(String scope, String name, String team, Amount cost) {
    String[] budget = {"scope", scope, "name", name};
    add(Cadence.NOW, false, "namespend_budget", cost.times(800), with(budget, "period", "month"));
    add(
        Cadence.NOW,
        false,
        "budget:amount:max",
        cost.times(800),
        with(budget, "period", "month", "team", team));
    add(
        Cadence.MINUTES,
        true,
        "budget:used:ratio",
        new Amount(0.2, 0.5),
        with(budget, "period", "month", "team", team));
    add(
        Cadence.NOW,
        false,
        "budget:forecast:ratio",
        new Amount(0.9, 0),
        with(budget, "team", team));
    for (String window : List.of("hour", "day", "month", "month_forecast")) {
      add(Cadence.NOW, false, "budget:cost:sum", cost.times(480), with(budget, "window", window));
      add(
          Cadence.NOW,
          false,
          "budget:burn:ratio",
          new Amount(1, 0),
          with(budget, "window", window, "team", team));
    }
  }

  private void addPool(String pool, Amount all) {
    add(Cadence.HOURS, true, "pool:cost:sum1h", all, "pool", pool);
    add(Cadence.MINUTES, true, "pool:cost_hourly:sum", all, "pool", pool);
    add(
        Cadence.NOW,
        false,
        "namespend_pool_split_info",
        new Amount(1, 0),
        "pool",
        pool,
        "split",
        "proportional");
  }

  private void addCluster() {
    add(Cadence.HOURS, true, "cluster:cost:sum1h", everything);
    add(Cadence.HOURS, false, "cluster:coverage:ratio1h", new Amount(1, 0));
    add(Cadence.MINUTES, true, "cluster:cost_hourly:sum", everything);
    add(Cadence.MINUTES, false, "namespend:conservation_error:ratio", new Amount(0, 0));
    add(Cadence.NOW, false, "cluster:cost:month_to_date", everything.times(480));
    add(Cadence.NOW, false, "cluster:attributed:ratio", new Amount(1, 0));
    add(Cadence.MINUTES, false, "namespend_currency_info", new Amount(1, 0), "currency", "USD");
    for (int node = 0; node < nodes(); node++) {
      addNode(node(node));
    }
  }

  private void addNode(String node) {
    String[] labels = {
      "node",
      node,
      "instance",
      node,
      "instance_type",
      "m5.4xlarge",
      "region",
      "eu-west-1",
      "arch",
      "amd64"
    };
    add(Cadence.NOW, false, "node_cpu_hourly_cost", new Amount(0.03, 0), labels);
    add(Cadence.NOW, false, "node_ram_hourly_cost", new Amount(0.004, 0), labels);
    add(Cadence.NOW, false, "node_total_hourly_cost", new Amount(0.768, 0), labels);
    add(
        Cadence.NOW,
        false,
        "namespend_node_info",
        new Amount(1, 0),
        "node",
        node,
        "instance_type",
        "m5.4xlarge",
        "capacity_type",
        "on-demand",
        "zone",
        "eu-west-1a",
        "region",
        "eu-west-1",
        "price_source",
        "builtin");
  }

  private int nodes() {
    return Math.max(1, plan.workloads() / 30);
  }

  private static String node(int node) {
    return "ip-10-0-%d-%d.eu-west-1.compute.internal".formatted(node / 250, node % 250);
  }

  /** Most are small, few are large. */
  private Amount amount(double median, double growth) {
    double base = median * Math.exp(random.nextGaussian());
    return new Amount(base, base * growth);
  }

  private static String[] with(String[] labels, String... more) {
    List<String> all = new ArrayList<>(List.of(labels));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private void add(Cadence when, boolean moves, String name, Amount amount, String... labels) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < labels.length; i += 2) {
      if (!labels[i + 1].isEmpty()) {
        kept.add(labels[i]);
        kept.add(labels[i + 1]);
      }
    }
    series.add(new Recorded(SeriesText.of(name, kept), amount, when, moves));
  }
}
