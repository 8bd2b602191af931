package io.namespend.exporter.cli;

import static java.util.Comparator.comparing;

import io.namespend.exporter.policy.owner.OwnerSource;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.web.CostOverview;
import io.namespend.exporter.web.CostOverview.Fact;
import io.namespend.exporter.web.CostOverview.Table;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The costs of the landing page, of the series that are published: the same figures, added up. */
final class PublishedCosts {
  private static final int SHOWN = 10;

  private final Map<String, Double> nodes = new HashMap<>();
  private final Map<String, String> nodeDetails = new HashMap<>();
  private final Map<String, Double> namespaces = new HashMap<>();
  private final Map<String, Double> workloads = new HashMap<>();
  private final Map<String, String> teams = new HashMap<>();
  private final Map<String, Double> guesses = new HashMap<>();
  private final Map<String, Double> others = new HashMap<>();
  private double unowned;
  private String currency = "USD";

  private PublishedCosts() {}

  static CostOverview of(MetricSnapshots published) {
    PublishedCosts costs = new PublishedCosts();
    costs.read(published);
    return costs.nodes.isEmpty() ? CostOverview.NONE : costs.overview();
  }

  private void read(MetricSnapshots published) {
    Map<String, String> owners = new HashMap<>();
    each(published, "namespend_currency", (labels, none) -> currency = text(labels, "currency"));
    each(
        published,
        "node_total_hourly_cost",
        (labels, cost) -> nodes.merge(text(labels, "node"), cost, Double::sum));
    each(
        published,
        "namespend_node",
        (labels, none) ->
            nodeDetails.put(
                text(labels, "node"),
                "%s, price from %s"
                    .formatted(text(labels, "instance_type"), text(labels, "price_source"))));
    each(
        published,
        "namespend_namespace",
        (labels, none) -> {
          teams.put(text(labels, "namespace"), text(labels, "team"));
        });
    each(
        published,
        "namespend_workload_owner",
        (labels, none) -> owners.put(workload(labels), text(labels, "owner_source")));
    each(
        published,
        "namespend_workload_request_hourly_cost",
        (labels, cost) -> {
          namespaces.merge(text(labels, "namespace"), cost, Double::sum);
          workloads.merge(workload(labels), cost, Double::sum);
        });
    workloads.forEach(
        (workload, cost) -> {
          if (OwnerSource.DEFAULT.text().equals(owners.get(workload))) {
            unowned += cost;
          }
        });
    each(
        published,
        "namespend_estimated_cost",
        (labels, cost) -> guesses.merge(text(labels, "reason"), cost, Double::sum));
    each(
        published,
        "namespend_claim_hourly_cost",
        (labels, cost) -> others.merge("volumes", cost, Double::sum));
    each(
        published,
        "namespend_unclaimed_volume_hourly_cost",
        (labels, cost) -> others.merge("volumes", cost, Double::sum));
    each(
        published,
        "kubecost_load_balancer_cost",
        (labels, cost) -> others.merge("load balancers", cost, Double::sum));
    each(
        published,
        "kubecost_cluster_management_cost",
        (labels, cost) -> others.merge("control plane", cost, Double::sum));
  }

  private CostOverview overview() {
    double ofNodes = sum(nodes);
    double whole = ofNodes + sum(others);
    double requested = sum(workloads);
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("The cluster", whole, ""));
    facts.add(fact("Nodes", ofNodes, count(nodes.size(), "node")));
    others.entrySet().stream()
        .filter(other -> other.getValue() > 0)
        .sorted(Map.Entry.comparingByKey())
        .forEach(other -> facts.add(fact(capital(other.getKey()), other.getValue(), "")));
    facts.add(fact("Requested", requested, share(requested, ofNodes) + " of the nodes"));
    double guessed = sum(guesses);
    facts.add(
        fact(
            "Rests on estimates",
            guessed,
            guessed > 0
                ? "%s; %s"
                    .formatted(
                        share(guessed, whole),
                        String.join(", ", guesses.keySet().stream().sorted().toList()))
                : "every price is known"));
    facts.add(
        fact(
            "Has no owner",
            unowned,
            unowned > 0
                ? "%s of what is requested; \"namespend audit-labels\" lists it"
                    .formatted(share(unowned, requested))
                : "every workload has one"));
    return new CostOverview(
        facts,
        List.of(
            table("Nodes", nodes, nodeDetails),
            table("Namespaces, by request", namespaces, teams),
            table("Workloads, by request", workloads, Map.of())));
  }

  private Table table(String title, Map<String, Double> costs, Map<String, String> details) {
    List<Map.Entry<String, Double>> sorted =
        costs.entrySet().stream()
            .sorted(
                comparing(Map.Entry<String, Double>::getValue)
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .toList();
    double rest = sorted.stream().skip(SHOWN).mapToDouble(Map.Entry::getValue).sum();
    return new Table(
        title,
        sorted.stream()
            .limit(SHOWN)
            .map(
                entry ->
                    fact(
                        entry.getKey(), entry.getValue(), details.getOrDefault(entry.getKey(), "")))
            .toList(),
        sorted.size() > SHOWN
            ? "and %,d more: %s an hour".formatted(sorted.size() - SHOWN, money(rest, 4))
            : "");
  }

  private Fact fact(String name, double hourly, String detail) {
    return new Fact(name, money(hourly, 4), money(hourly * HoursPerMonth.VALUE, 2), detail);
  }

  private String money(double amount, int decimals) {
    String digits = String.format(Locale.ROOT, "%,." + decimals + "f", amount);
    return currency.equals("USD") ? "$" + digits : digits + " " + currency;
  }

  private static String share(double part, double whole) {
    return whole > 0 ? String.format(Locale.ROOT, "%.1f%%", part / whole * 100) : "none";
  }

  private static String count(int number, String what) {
    return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static double sum(Map<String, Double> costs) {
    return costs.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String workload(Labels labels) {
    return "%s/%s/%s"
        .formatted(
            text(labels, "namespace"), text(labels, "workload_type"), text(labels, "workload"));
  }

  private static String text(Labels labels, String name) {
    return Optional.ofNullable(labels.get(name)).orElse("");
  }

  /** All series of a family, of which there can be several runs; facts have the value 1. */
  private static void each(
      MetricSnapshots published, String family, BiConsumer<Labels, Double> reader) {
    for (MetricSnapshot snapshot : published) {
      if (!snapshot.getMetadata().getName().equals(family)) {
        continue;
      }
      for (DataPointSnapshot point : snapshot.getDataPoints()) {
        reader.accept(
            point.getLabels(),
            point instanceof GaugeDataPointSnapshot gauge ? gauge.getValue() : 1.0);
      }
    }
  }
}
