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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FOCUS 1.0 to 1.4, of any provider: columns are read by name, and most may be missing.
 *
 * @see <a href="https://focus.finops.org/focus-specification/">FOCUS</a>
 */
final class FocusLines implements CsvFormat {
  private static final Pattern HOURS =
      Pattern.compile("(?:1 )?(?:Hrs?|Hours?)", Pattern.CASE_INSENSITIVE);

  private static final Pattern INSTANCE =
      Pattern.compile("\"(?:InstanceType|instanceType)\"\\s*:\\s*\"([^\"]+)\"");

  private final TagReader tags;
  private final Moments moments = new Moments();
  private final Column billed;
  private final Column effective;
  private final Column list;
  private final Column contracted;
  private final Column category;
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
  private final Column instanceType;
  private final Column details;
  private final Column resource;
  private final Column pricing;
  private final Column commitment;
  private final Column commitmentCategory;
  private final Column commitmentStatus;
  private final Column consumed;
  private final Column consumedUnit;
  private final Column priced;
  private final Column pricedUnit;
  private final Column invoice;
  private final Column method;
  private final Column tagMap;

  FocusLines(String file, Header header, TagReader tags, Consumer<Column> keep) {
    this.tags = tags;
    header.require(
        file,
        "BilledCost",
        "EffectiveCost",
        "ChargeCategory",
        "ChargePeriodStart",
        "ChargePeriodEnd",
        "BillingCurrency",
        "ServiceName",
        "ResourceId");
    Columns columns = new Columns(header, keep);
    billed = columns.of("BilledCost");
    effective = columns.of("EffectiveCost");
    list = columns.of("ListCost");
    contracted = columns.of("ContractedCost");
    category = columns.of("ChargeCategory");
    start = columns.of("ChargePeriodStart");
    end = columns.of("ChargePeriodEnd");
    billingPeriod = columns.of("BillingPeriodStart");
    currency = columns.of("BillingCurrency");
    payer = columns.of("BillingAccountId");
    account = columns.of("SubAccountId");
    service = columns.of("x_ServiceCode", "ServiceName");
    usageType = columns.of("x_UsageType", "SkuMeter", "x_SkuMeterName", "SkuId");
    operation = columns.of("x_Operation", "ServiceSubcategory");
    region = columns.of("RegionId", "RegionName");
    instanceType = columns.of("x_InstanceType", "x_SkuInstanceType");
    details = columns.of("SkuPriceDetails", "x_SkuDetails");
    resource = columns.of("ResourceId");
    pricing = columns.of("PricingCategory");
    commitment = columns.of("CommitmentDiscountId");
    commitmentCategory = columns.of("CommitmentDiscountCategory");
    commitmentStatus = columns.of("CommitmentDiscountStatus");
    consumed = columns.of("ConsumedQuantity");
    consumedUnit = columns.of("ConsumedUnit");
    priced = columns.of("PricingQuantity");
    pricedUnit = columns.of("PricingUnit");
    invoice = columns.of("InvoiceId");
    method = columns.of("AllocatedMethodId");
    tagMap = columns.of("Tags");
  }

  @Override
  public void read(CsvLines lines, LineSink sink) {
    Instant from = moments.read(start.name(), start.text(lines));
    Instant until = moments.read(end.name(), end.text(lines));
    String period = billingPeriod.text(lines);
    Instant month = period.isEmpty() ? from : moments.read(billingPeriod.name(), period);
    ChargeKind charge = charge(lines);
    sink.take(
        new BillLine(
            YearMonth.from(month.atOffset(ZoneOffset.UTC)),
            Span.of(from, until, hours(lines)),
            charge,
            product(lines, charge),
            payer.text(lines),
            account.text(lines),
            resource.text(lines),
            commitment.text(lines),
            costs(lines, charge),
            Optional.empty(),
            currency.text(lines),
            !method.text(lines).isEmpty(),
            !invoice.text(lines).isEmpty(),
            tagsOf(lines)));
  }

  private ChargeKind charge(CsvLines lines) {
    String text = category.text(lines);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "usage" -> usage(lines);
      case "purchase" -> purchase(lines);
      case "tax" -> ChargeKind.TAX;
      case "credit" -> ChargeKind.CREDIT;
      case "adjustment" -> ChargeKind.ADJUSTMENT;
      default ->
          throw new IllegalArgumentException(
              "%s \"%s\" is none of FOCUS (Usage, Purchase, Tax, Credit, Adjustment); ask who made the file"
                  .formatted(category.name(), text));
    };
  }

  private ChargeKind usage(CsvLines lines) {
    if (commitmentStatus.text(lines).equalsIgnoreCase("Unused")) {
      return ChargeKind.UNUSED_COMMITMENT;
    }
    return commitment.text(lines).isEmpty() ? ChargeKind.USAGE : ChargeKind.COVERED_USAGE;
  }

  /** What covers future charges has no effective cost; its usage has. */
  private ChargeKind purchase(CsvLines lines) {
    boolean isCommitment =
        !commitment.text(lines).isEmpty() || effective.amountOrZero(lines).isZero();
    return isCommitment ? ChargeKind.COMMITMENT_PURCHASE : ChargeKind.FEE;
  }

  private Costs costs(CsvLines lines, ChargeKind charge) {
    Amount invoiced = billed.requiredAmount(lines);
    Amount amortized = effective.requiredAmount(lines);
    return switch (charge) {
      case COMMITMENT_PURCHASE -> new Costs(Amount.ZERO, Amount.ZERO, amortized, invoiced);
      // Its list price is that of nothing.
      case UNUSED_COMMITMENT -> new Costs(Amount.ZERO, Amount.ZERO, amortized, invoiced);
      case TAX, CREDIT, REFUND, DISCOUNT, ADJUSTMENT, FEE ->
          new Costs(amortized, amortized, amortized, invoiced);
      case USAGE, COVERED_USAGE, NEGATION, COMMITMENT_FEE -> {
        Amount negotiated = contracted.amount(lines).orElse(amortized);
        yield new Costs(list.amount(lines).orElse(negotiated), negotiated, amortized, invoiced);
      }
    };
  }

  private Amount hours(CsvLines lines) {
    if (HOURS.matcher(consumedUnit.text(lines)).matches()) {
      return consumed.amountOrZero(lines);
    }
    return HOURS.matcher(pricedUnit.text(lines)).matches()
        ? priced.amountOrZero(lines)
        : Amount.ZERO;
  }

  private Product product(CsvLines lines, ChargeKind charge) {
    String instance = instanceType.text(lines);
    if (instance.isEmpty()) {
      String text = details.text(lines);
      if (!text.isEmpty()) {
        Matcher named = INSTANCE.matcher(text);
        instance = named.find() ? named.group(1) : "";
      }
    }
    return new Product(
        service.text(lines),
        usageType.text(lines),
        operation.text(lines),
        region.text(lines),
        instance,
        bought(lines, charge));
  }

  private Purchase bought(CsvLines lines, ChargeKind charge) {
    return switch (charge) {
      case USAGE ->
          pricing.text(lines).equalsIgnoreCase("Dynamic") ? Purchase.SPOT : Purchase.ON_DEMAND;
      case COVERED_USAGE ->
          commitmentCategory.text(lines).equalsIgnoreCase("Spend")
              ? Purchase.SAVINGS_PLAN
              : Purchase.RESERVED;
      default -> Purchase.NONE;
    };
  }

  private Map<String, String> tagsOf(CsvLines lines) {
    return tags.ofJson(tagMap.name(), tagMap.text(lines));
  }
}
