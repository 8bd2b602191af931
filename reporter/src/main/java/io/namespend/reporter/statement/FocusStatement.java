package io.namespend.reporter.statement;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.foundation.csv.Csv;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;

/**
 * FOCUS 1.3, dataset Cost and Usage, as CSV; null is an empty cell. The origin of a line is what
 * its cluster charges for a resource or a pool, and the namespace is what that was allocated to;
 * what nobody bears is the remainder, without an allocated resource.
 *
 * @see <a href="https://focus.finops.org/focus-specification/">FOCUS</a>
 */
public final class FocusStatement {
  /** Who issues the statement and provides what it charges for: the platform itself. */
  private static final String PROVIDER = "Namespend";

  /** A single cluster has no name, but an account must have one. */
  private static final String ONLY_CLUSTER = "cluster";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** In alphabetical order, and then our own. */
  private static final List<Column> COLUMNS =
      List.of(
          column("AllocatedMethodDetails", FocusStatement::details),
          column("AllocatedMethodId", (statement, line) -> line.method()),
          column("AllocatedResourceId", (statement, line) -> allocatedId(line.key())),
          column("AllocatedResourceName", (statement, line) -> line.key().namespace()),
          column("AllocatedTags", (statement, line) -> tags(line.key().owner())),
          column("BilledCost", (statement, line) -> line.amount().toPlainString()),
          column("BillingAccountId", (statement, line) -> account(line.key())),
          column("BillingAccountName", (statement, line) -> account(line.key())),
          column("BillingCurrency", (statement, line) -> statement.currency()),
          column(
              "BillingPeriodEnd", (statement, line) -> statement.period().monthsEnd().toString()),
          column(
              "BillingPeriodStart",
              (statement, line) -> statement.period().monthsStart().toString()),
          column("ChargeCategory", (statement, line) -> "Usage"),
          column("ChargeClass", (statement, line) -> isCorrection(statement) ? "Correction" : ""),
          column("ChargeDescription", (statement, line) -> description(line.key())),
          column("ChargeFrequency", (statement, line) -> "Usage-Based"),
          column("ChargePeriodEnd", (statement, line) -> statement.period().until().toString()),
          column("ChargePeriodStart", (statement, line) -> statement.period().start().toString()),
          column("ContractedCost", (statement, line) -> line.amount().toPlainString()),
          column("EffectiveCost", (statement, line) -> line.amount().toPlainString()),
          column("HostProviderName", (statement, line) -> PROVIDER),
          column("InvoiceIssuerName", (statement, line) -> PROVIDER),
          column("ListCost", (statement, line) -> line.amount().toPlainString()),
          column("PricingQuantity", (statement, line) -> line.quantity().value().toPlainString()),
          column("PricingUnit", (statement, line) -> line.quantity().unit()),
          column("ProviderName", (statement, line) -> PROVIDER),
          column("PublisherName", (statement, line) -> PROVIDER),
          column("ResourceId", (statement, line) -> originId(line.key())),
          column("ResourceName", (statement, line) -> line.key().item().name()),
          column(
              "ResourceType",
              (statement, line) ->
                  line.key().item().isPool() ? "Cluster Cost Pool" : "Cluster Resource"),
          column("ServiceCategory", (statement, line) -> category(line.key().item())),
          column("ServiceName", (statement, line) -> "Kubernetes"),
          column("ServiceProviderName", (statement, line) -> PROVIDER),
          column("x_AuditKey", (statement, line) -> line.auditKey()),
          column("x_Cluster", (statement, line) -> line.key().cluster()),
          column("x_CostCenter", (statement, line) -> line.key().owner().costCenter()),
          column("x_Coverage", (statement, line) -> statement.coverageOf(line).toPlainString()),
          column("x_Environment", (statement, line) -> line.key().owner().environment()),
          column("x_GlAccount", (statement, line) -> line.glAccount()),
          column("x_Namespace", (statement, line) -> line.key().namespace()),
          column("x_Status", (statement, line) -> statement.status()),
          column("x_Team", (statement, line) -> line.key().owner().team()),
          column("x_UnitPrice", (statement, line) -> line.quantity().unitPrice().toPlainString()),
          column(
              "x_UsageMeasured",
              (statement, line) ->
                  statement.usageMeasured(line).map(BigDecimal::toPlainString).orElse("")));

  /** Numbers, which a leading minus makes no formulas. */
  private static final List<String> NUMBERS =
      List.of("BilledCost", "ContractedCost", "EffectiveCost", "ListCost", "x_UnitPrice");

  private FocusStatement() {}

  public static String render(Statement statement) {
    return statement.lines().stream()
        .map(line -> Csv.row(COLUMNS.stream().map(column -> column.cell(statement, line)).toList()))
        .collect(joining("", Csv.row(COLUMNS.stream().map(Column::name).toList()), ""));
  }

  private static boolean isCorrection(Statement statement) {
    return statement.corrects().isPresent();
  }

  private static String account(LineKey key) {
    return key.cluster().isEmpty() ? ONLY_CLUSTER : key.cluster();
  }

  private static String originId(LineKey key) {
    return "%s/%s/%s"
        .formatted(account(key), key.item().isPool() ? "pool" : "resource", key.item().name());
  }

  private static String allocatedId(LineKey key) {
    return key.namespace().isEmpty() ? "" : account(key) + "/" + key.namespace();
  }

  private static String description(LineKey key) {
    String what = key.item().isPool() ? "share of pool " : "";
    String whose =
        key.namespace().isEmpty() ? "team " + key.owner().team() : "namespace " + key.namespace();
    return key.item().isPool() && key.namespace().isEmpty()
        ? "pool %s, unallocated".formatted(key.item().pool())
        : "%s%s, %s".formatted(what, key.item().name(), whose);
  }

  private static String category(Item item) {
    return switch (item.name()) {
      case "cpu", "memory", "gpu", "idle", "system" -> "Compute";
      case "storage", "unclaimed-storage" -> "Storage";
      case "load_balancer", "network" -> "Networking";
      case "control-plane" -> "Management and Governance";
      default -> "Other";
    };
  }

  private static String tags(Owner owner) {
    ObjectNode tags = NODES.objectNode();
    putUnlessEmpty(tags, "team", owner.team());
    putUnlessEmpty(tags, "cost_center", owner.costCenter());
    putUnlessEmpty(tags, "environment", owner.environment());
    return Json.compact(tags);
  }

  private static void putUnlessEmpty(ObjectNode node, String key, String value) {
    if (!value.isEmpty()) {
      node.put(key, value);
    }
  }

  /** Ratios of one origin add up to 1; those of corrections would not. */
  private static String details(Statement statement, Line line) {
    if (isCorrection(statement)) {
      return "";
    }
    ObjectNode details = NODES.objectNode();
    details
        .putArray("Elements")
        .addObject()
        .put("AllocatedRatio", line.share())
        .put("UsageUnit", line.quantity().unit())
        .put("UsageQuantity", line.quantity().value());
    return Json.compact(details);
  }

  private static Column column(String name, BiFunction<Statement, Line, String> value) {
    return new Column(name, value);
  }

  private record Column(String name, BiFunction<Statement, Line, String> value) {
    String cell(Statement statement, Line line) {
      String cell = value.apply(statement, line);
      return NUMBERS.contains(name) ? cell : Csv.guarded(cell);
    }
  }
}
