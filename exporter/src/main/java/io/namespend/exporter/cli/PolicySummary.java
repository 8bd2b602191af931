package io.namespend.exporter.cli;

import io.namespend.exporter.policy.Allocation;
import io.namespend.exporter.policy.AllocationWeights;
import io.namespend.exporter.policy.Bill;
import io.namespend.exporter.policy.Budget;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.WorkloadOwners;
import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.policy.pool.Per;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Service;
import io.namespend.exporter.policy.pool.Sharing;
import io.namespend.exporter.policy.pool.Split;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Constant;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A policy in one screen. */
final class PolicySummary {
  private final Policy policy;
  private final PriceSettings prices;
  private final RatesInForce rates;
  private final Instant now;

  /**
   * @param now when services cost, and bills are compared, as printed
   */
  PolicySummary(PolicyFile file, Instant now) {
    this.policy = file.policy();
    this.prices = file.prices();
    this.rates = file.rates().at(now);
    this.now = now;
  }

  String text() {
    return general()
        + "\n"
        + pools()
        + services()
        + budgets()
        + bills()
        + CustomerSummary.of(policy, now);
  }

  private String general() {
    Columns lines = new Columns();
    Allocation allocation = policy.allocation();
    AllocationWeights blend = allocation.blend();
    lines.add("currency", policy.currency());
    rates.byCurrency().values().stream()
        .sorted(Comparator.comparing(ExchangeRate::from))
        .forEach(
            rate ->
                lines.add(
                    "rate",
                    "1 %s is %s %s since %s"
                        .formatted(rate.from(), rate.rate(), rates.currency(), rate.since())));
    lines.add(
        "prices",
        "%s; split %s; discounts: %d"
            .formatted(
                prices.sources().stream().map(Constant::text).collect(Collectors.joining(", ")),
                prices.split().name(),
                prices.discounts().size()));
    lines.add(
        "model",
        "%s; blended is %s request, %s usage"
            .formatted(
                Constant.text(allocation.model()), amount(blend.request()), amount(blend.usage())));
    allocation
        .overrides()
        .forEach(
            override ->
                lines.add(
                    "", Constant.text(override.model()) + " for " + text(override.namespaces())));
    for (OwnerPart part : OwnerPart.values()) {
      lines.add(
          part.metricLabel().replace('_', ' '),
          "label %s; default %s"
              .formatted(
                  String.join(", else ", policy.ownership().labels().getOrDefault(part, List.of())),
                  policy.ownership().defaults().get(part)));
    }
    lines.add("workloads", workloads(policy.ownership().workloads()));
    return lines.toString();
  }

  private static String workloads(WorkloadOwners workloads) {
    return Constant.text(workloads)
        + ": "
        + switch (workloads) {
          case OWN -> "the namespace's owner pays, whatever their labels say";
          case REPORT -> "their labels count where the namespace names nobody";
          case ALLOW -> "their labels count before the namespace's";
        };
  }

  private String pools() {
    return Columns.withHeading(
        List.of("POOL", "SPLIT", "FLOOR", "HOLDS", "SHARED BY"),
        policy.allPools().stream().map(PolicySummary::pool).toList());
  }

  private static List<String> pool(Pool pool) {
    Sharing sharing = pool.sharing();
    return List.of(
        pool.name(),
        Constant.text(sharing.split()),
        sharing.floor() > 0 ? amount(sharing.floor()) : "",
        pool.namespaces().globs().isEmpty() ? holds(pool.name()) : text(pool.namespaces()),
        sharedBy(sharing) + where(pool.per()));
  }

  private static String holds(String pool) {
    return Pool.STANDING.contains(pool) ? "" : "the service";
  }

  private static String sharedBy(Sharing sharing) {
    if (sharing.split() == Split.NONE) {
      return "nobody";
    }
    String who =
        sharing.split() == Split.WEIGHTED
            ? weights(sharing.weights())
            : sharing.tenants().equals(NamespaceGlobs.ALL)
                ? "all tenants"
                : text(sharing.tenants());
    return sharing.except().globs().isEmpty() ? who : who + " except " + text(sharing.except());
  }

  private static String where(Per per) {
    return per == Per.CLUSTER ? "" : " per " + per.text();
  }

  private static String weights(Sharing.Weights weights) {
    return Stream.iterate(0, i -> i < weights.values().size(), i -> i + 1)
        .map(i -> weights.namespaces().globs().get(i) + " " + amount(weights.values().get(i)))
        .collect(Collectors.joining(", "));
  }

  private String services() {
    return Columns.withHeading(
        List.of("SERVICE", "CATEGORY", "PER HOUR NOW", "OWNER"),
        Stream.concat(
                policy.sharedServices().stream().map(shared -> service(shared.service(), "shared")),
                policy.externalServices().stream()
                    .map(external -> service(external.service(), owner(external))))
            .toList());
  }

  private List<String> service(Service service, String owner) {
    OptionalDouble hourly = service.hourlyAt(now);
    return List.of(
        service.name(),
        service.category(),
        hourly.isPresent()
            ? String.format(Locale.ROOT, "%.4f", hourly.getAsDouble())
            : "costs nothing now",
        owner);
  }

  private static String owner(Service.External external) {
    return Stream.of(
            named("namespace", external.namespace()),
            named("team", external.team()),
            named("cost center", external.costCenter()))
        .flatMap(text -> text)
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> named(String kind, String name) {
    return name.isEmpty() ? Stream.empty() : Stream.of(kind + " " + name);
  }

  private String budgets() {
    return Columns.withHeading(
        List.of("BUDGET OF", "", "AMOUNT"),
        policy.budgets().stream().map(PolicySummary::budget).toList());
  }

  private static List<String> budget(Budget budget) {
    return List.of(
        budget.scope().metricLabel().replace('_', ' '),
        budget.owner(),
        budgets(budget.daily(), budget.monthly()));
  }

  /** Of a day and a month. */
  static String budgets(OptionalDouble daily, OptionalDouble monthly) {
    return Stream.of(per(daily, "day"), per(monthly, "month"))
        .flatMap(text -> text)
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> per(OptionalDouble amount, String period) {
    return amount.stream().mapToObj(value -> amount(value) + "/" + period);
  }

  private String bills() {
    return Columns.withHeading(
        List.of("BILL OF", "AMOUNT", "COMPARED NOW"),
        policy.bills().stream().map(this::bill).toList());
  }

  private List<String> bill(Bill bill) {
    return List.of(
        bill.month().toString(),
        amount(bill.amount()),
        bill.isComparedAt(now) ? "yes" : "no, older than two months");
  }

  private static String text(NamespaceGlobs globs) {
    return globs.globs().stream().map(Wildcard::text).collect(Collectors.joining(", "));
  }

  private static String amount(double value) {
    return new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
  }
}
