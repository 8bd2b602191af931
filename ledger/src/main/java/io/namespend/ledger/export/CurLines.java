package io.namespend.ledger.export;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.Product;
import io.namespend.ledger.bill.Purchase;
import io.namespend.ledger.bill.Span;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS Cost and Usage Reports, the legacy ones and CUR 2.0, in any selection and order of columns.
 *
 * @see <a href="https://docs.aws.amazon.com/cur/latest/userguide/cur-sp.html">Understanding savings
 *     plans</a> and the page on reservations beside it
 */
final class CurLines implements CsvFormat {
  private static final Pattern HOURS = Pattern.compile("(?:Hrs|Hours?)", Pattern.CASE_INSENSITIVE);

  /** Usage types whose quantity is hours, where the export has no unit. */
  private static final Pattern HOURLY =
      Pattern.compile(
          ".*(?:BoxUsage|SpotUsage|DedicatedUsage|LoadBalancerUsage|-Hours(?::.*)?$).*");

  private static final Pattern INSTANCE =
      Pattern.compile(".*(?:BoxUsage|SpotUsage|DedicatedUsage|UnusedBox|UnusedDed):(.+)");

  private static final Amount ROUNDING = Amount.parse("0.000001");

  private final Map<String, ChargeKind> lineTypes;
  private final TagReader tags;
  private final Moments moments = new Moments();
  private final Column type;
  private final Column unblended;
  private final Column netUnblended;
  private final Column publicOnDemand;
  private final Column start;
  private final Column end;
  private final Column billingPeriod;
  private final Column currency;
  private final Column payer;
  private final Column account;
  private final Column service;
  private final Column usageType;
  private final Column operation;
  private final Column region;
  private final Column zone;
  private final Column instanceType;
  private final Column resource;
  private final Column usage;
  private final Column unit;
  private final Column invoice;
  private final Column splitParent;
  private final Column savingsPlan;
  private final Column savingsPlanCost;
  private final Column netSavingsPlanCost;
  private final Column totalCommitment;
  private final Column usedCommitment;
  private final Column upfrontCommitment;
  private final Column recurringCommitment;
  private final Column reservation;
  private final Column reservationCost;
  private final Column netReservationCost;
  private final Column unusedUpfront;
  private final Column netUnusedUpfront;
  private final Column unusedRecurring;
  private final Column netUnusedRecurring;
  private final Column reservedUpfront;
  private final List<Column> tagMaps;
  private final List<Column> tagColumns = new ArrayList<>();

  /**
   * @param lineTypes what to do with types that are not known here, by their names in lower case
   * @param keep takes each column that is read
   */
  CurLines(
      String file,
      Header header,
      TagReader tags,
      Map<String, ChargeKind> lineTypes,
      Consumer<Column> keep) {
    this.lineTypes = lineTypes;
    this.tags = tags;
    header.require(
        file,
        "line_item_line_item_type",
        "line_item_unblended_cost",
        "line_item_usage_start_date",
        "line_item_usage_end_date",
        "line_item_product_code",
        "line_item_usage_type",
        "line_item_resource_id",
        "line_item_currency_code");
    Columns columns = new Columns(header, keep);
    type = columns.of("line_item_line_item_type");
    unblended = columns.of("line_item_unblended_cost");
    netUnblended = columns.of("line_item_net_unblended_cost");
    publicOnDemand = columns.of("pricing_public_on_demand_cost");
    start = columns.of("line_item_usage_start_date");
    end = columns.of("line_item_usage_end_date");
    billingPeriod = columns.of("bill_billing_period_start_date");
    currency = columns.of("line_item_currency_code");
    payer = columns.of("bill_payer_account_id");
    account = columns.of("line_item_usage_account_id");
    service = columns.of("line_item_product_code");
    usageType = columns.of("line_item_usage_type");
    operation = columns.of("line_item_operation");
    region = columns.of("product_region_code", "product_region");
    zone = columns.of("line_item_availability_zone");
    instanceType = columns.of("product_instance_type");
    resource = columns.of("line_item_resource_id");
    usage = columns.of("line_item_usage_amount");
    unit = columns.of("pricing_unit");
    invoice = columns.of("bill_invoice_id");
    splitParent = columns.of("split_line_item_parent_resource_id");
    savingsPlan = columns.of("savings_plan_savings_plan_a_r_n");
    savingsPlanCost = columns.of("savings_plan_savings_plan_effective_cost");
    netSavingsPlanCost = columns.of("savings_plan_net_savings_plan_effective_cost");
    totalCommitment = columns.of("savings_plan_total_commitment_to_date");
    usedCommitment = columns.of("savings_plan_used_commitment");
    upfrontCommitment = columns.of("savings_plan_amortized_upfront_commitment_for_billing_period");
    recurringCommitment = columns.of("savings_plan_recurring_commitment_for_billing_period");
    reservation = columns.of("reservation_reservation_a_r_n");
    reservationCost = columns.of("reservation_effective_cost");
    netReservationCost = columns.of("reservation_net_effective_cost");
    unusedUpfront = columns.of("reservation_unused_amortized_upfront_fee_for_billing_period");
    netUnusedUpfront =
        columns.of("reservation_net_unused_amortized_upfront_fee_for_billing_period");
    unusedRecurring = columns.of("reservation_unused_recurring_fee");
    netUnusedRecurring = columns.of("reservation_net_unused_recurring_fee");
    reservedUpfront = columns.of("reservation_amortized_upfront_fee_for_billing_period");
    tagMaps =
        List.of(columns.of("resource_tags"), columns.of("tags")).stream()
            .filter(Column::isThere)
            .toList();
    for (int place = 0; place < header.names().size(); place++) {
      String name = tagName(header.names().get(place));
      if (!name.isEmpty() && tags.wants(name)) {
        Column column = new Column(name, place);
        keep.accept(column);
        tagColumns.add(column);
      }
    }
  }

  private static String tagName(String column) {
    for (String prefix : List.of("resourceTags/", "resource_tags_")) {
      if (column.startsWith(prefix)) {
        return column.substring(prefix.length());
      }
    }
    return "";
  }

  @Override
  public void read(CsvLines lines, LineSink sink) {
    if (!splitParent.text(lines).isEmpty()) {
      sink.leaveSplit();
      return;
    }
    ChargeKind charge = charge(lines);
    Amount gross = unblended.requiredAmount(lines);
    Amount billed = billed(lines, charge, gross);
    if (netUnblended.isThere()) {
      sink.discounted(gross.minus(billed), charge == ChargeKind.DISCOUNT);
    }
    Instant from = moments.read(start.name(), start.text(lines));
    Instant until = moments.read(end.name(), end.text(lines));
    String period = billingPeriod.text(lines);
    sink.take(
        new BillLine(
            month(period.isEmpty() ? from : moments.read(billingPeriod.name(), period)),
            Span.of(from, until, hours(lines, charge)),
            charge,
            product(lines, charge),
            payer.text(lines),
            account.text(lines),
            resource.text(lines),
            commitment(lines),
            costs(lines, charge, gross, billed),
            committed(lines, charge, gross),
            currency.text(lines),
            false,
            !invoice.text(lines).isEmpty(),
            tagsOf(lines)));
  }

  private static YearMonth month(Instant instant) {
    return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
  }

  private ChargeKind charge(CsvLines lines) {
    String text = type.text(lines);
    String name = text.toLowerCase(Locale.ROOT);
    ChargeKind own = lineTypes.get(name);
    if (own != null) {
      return own;
    }
    return switch (name) {
      case "usage" -> ChargeKind.USAGE;
      case "discountedusage", "savingsplancoveredusage" -> ChargeKind.COVERED_USAGE;
      case "savingsplannegation" -> ChargeKind.NEGATION;
      case "savingsplanrecurringfee", "rifee" -> ChargeKind.COMMITMENT_FEE;
      case "savingsplanupfrontfee" -> ChargeKind.COMMITMENT_PURCHASE;
      case "fee" ->
          reservation.text(lines).isEmpty() ? ChargeKind.FEE : ChargeKind.COMMITMENT_PURCHASE;
      case "tax" -> ChargeKind.TAX;
      case "credit" -> ChargeKind.CREDIT;
      case "refund" -> ChargeKind.REFUND;
      case "discount",
          "bundleddiscount",
          "edpdiscount",
          "privateratediscount",
          "sppdiscount",
          "distributordiscount" ->
          ChargeKind.DISCOUNT;
      default ->
          throw new IllegalArgumentException(
              "%s \"%s\" is not known; say what it is under lineTypes in the settings, and report it"
                  .formatted(type.name(), text));
    };
  }

  /** Discounts are in the net columns, if there are any. */
  private Amount billed(CsvLines lines, ChargeKind charge, Amount gross) {
    if (!netUnblended.isThere()) {
      return gross;
    }
    return charge == ChargeKind.DISCOUNT ? Amount.ZERO : netUnblended.amount(lines).orElse(gross);
  }

  private Costs costs(CsvLines lines, ChargeKind charge, Amount gross, Amount billed) {
    return switch (charge) {
      case USAGE -> new Costs(list(lines, gross), billed, billed, billed);
      case COVERED_USAGE -> covered(lines, gross, billed);
      case COMMITMENT_FEE -> new Costs(Amount.ZERO, Amount.ZERO, unused(lines), billed);
      case NEGATION, COMMITMENT_PURCHASE -> Costs.onlyBilled(billed);
      case DISCOUNT -> new Costs(Amount.ZERO, billed, billed, billed);
      case UNUSED_COMMITMENT, FEE, TAX, CREDIT, REFUND, ADJUSTMENT -> Costs.same(billed);
    };
  }

  private Amount list(CsvLines lines, Amount otherwise) {
    return publicOnDemand.amount(lines).filter(list -> !list.isZero()).orElse(otherwise);
  }

  private Costs covered(CsvLines lines, Amount gross, Amount billed) {
    if (isReserved(lines)) {
      Amount effective = first(lines, netReservationCost, reservationCost);
      Amount list = list(lines, effective);
      return new Costs(list, list, effective, billed);
    }
    return new Costs(
        list(lines, gross), gross, first(lines, netSavingsPlanCost, savingsPlanCost), billed);
  }

  private boolean isReserved(CsvLines lines) {
    String name = type.text(lines);
    return name.equalsIgnoreCase("DiscountedUsage") || name.equalsIgnoreCase("RIFee");
  }

  /** What of the commitment nothing used. */
  private Amount unused(CsvLines lines) {
    if (isReserved(lines)) {
      return first(lines, netUnusedUpfront, unusedUpfront)
          .plus(first(lines, netUnusedRecurring, unusedRecurring));
    }
    Amount unused = total(lines).minus(first(lines, usedCommitment));
    if (unused.signum() < 0) {
      if (unused.plus(ROUNDING).signum() < 0) {
        throw new IllegalArgumentException(
            "%s is %s above the commitment itself; export the month again"
                .formatted(usedCommitment.name(), unused));
      }
      return Amount.ZERO;
    }
    return unused;
  }

  private Amount total(CsvLines lines) {
    return totalCommitment
        .amount(lines)
        .orElseGet(
            () -> upfrontCommitment.amountOrZero(lines).plus(first(lines, recurringCommitment)));
  }

  private Optional<Amount> committed(CsvLines lines, ChargeKind charge, Amount gross) {
    if (charge != ChargeKind.COMMITMENT_FEE) {
      return Optional.empty();
    }
    return isReserved(lines)
        ? reservedUpfront.amount(lines).map(gross::plus)
        : Optional.of(total(lines));
  }

  /** The first that has a value; one of them must be in the export. */
  private Amount first(CsvLines lines, Column... columns) {
    Column last = columns[columns.length - 1];
    for (Column column : columns) {
      Optional<Amount> amount = column.amount(lines);
      if (amount.isPresent()) {
        return amount.get();
      }
    }
    if (!last.isThere()) {
      throw new IllegalArgumentException(
          "a line of type %s needs the column %s; add it to the export"
              .formatted(type.text(lines), last.name()));
    }
    return Amount.ZERO;
  }

  private Amount hours(CsvLines lines, ChargeKind charge) {
    if (charge != ChargeKind.USAGE && charge != ChargeKind.COVERED_USAGE) {
      return Amount.ZERO;
    }
    String of = unit.text(lines);
    boolean isTime =
        of.isEmpty()
            ? HOURLY.matcher(usageType.text(lines)).matches()
            : HOURS.matcher(of).matches();
    return isTime ? usage.amountOrZero(lines) : Amount.ZERO;
  }

  private Product product(CsvLines lines, ChargeKind charge) {
    String used = usageType.text(lines);
    String place = region.text(lines);
    String instance = instanceType.text(lines);
    if (instance.isEmpty() && used.indexOf(':') > 0) {
      Matcher named = INSTANCE.matcher(used);
      instance = named.matches() ? named.group(1) : "";
    }
    return new Product(
        service.text(lines),
        used,
        operation.text(lines),
        place.isEmpty() ? zone.text(lines) : place,
        instance,
        purchase(lines, charge, used));
  }

  private Purchase purchase(CsvLines lines, ChargeKind charge, String used) {
    return switch (charge) {
      case USAGE -> used.contains("SpotUsage") ? Purchase.SPOT : Purchase.ON_DEMAND;
      case COVERED_USAGE -> isReserved(lines) ? Purchase.RESERVED : Purchase.SAVINGS_PLAN;
      case NEGATION -> Purchase.SAVINGS_PLAN;
      default -> Purchase.NONE;
    };
  }

  private String commitment(CsvLines lines) {
    String plan = savingsPlan.text(lines);
    return plan.isEmpty() ? reservation.text(lines) : plan;
  }

  private Map<String, String> tagsOf(CsvLines lines) {
    if (tagColumns.isEmpty() && tagMaps.size() == 1) {
      return tags.ofJson(tagMaps.get(0).name(), tagMaps.get(0).text(lines));
    }
    Map<String, String> all = new HashMap<>();
    tagMaps.forEach(map -> all.putAll(tags.ofJson(map.name(), map.text(lines))));
    tagColumns.forEach(column -> tags.put(all, column.name(), column.text(lines)));
    return all;
  }
}
