package io.namespend.ledger.export;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.Product;
import io.namespend.ledger.bill.Purchase;
import io.namespend.ledger.bill.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azure's cost details, actual and amortized, of enterprise and customer agreements, which differ
 * in how they write names. Each line is of a day.
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields">fields</a>
 */
final class AzureLines implements CsvFormat {
  /** Such as {@code 100 Hours}: prices are for a block, quantities are not in blocks. */
  private static final Pattern UNIT = Pattern.compile("(\\d+)?\\s*/?\\s*(.*)");

  private static final Pattern HOURS = Pattern.compile("hours?|hrs?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIZE = Pattern.compile("\"ServiceType\"\\s*:\\s*\"([^\"]+)\"");

  private final AzureCosts costs;
  private final Map<String, ChargeKind> lineTypes;
  private final TagReader tags;
  private final Moments moments = new Moments();
  private final Column date;
  private final Column cost;
  private final Column currency;
  private final Column chargeType;
  private final Column pricingModel;
  private final Column resource;
  private final Column meterCategory;
  private final Column meterSubcategory;
  private final Column meter;
  private final Column location;
  private final Column account;
  private final Column payer;
  private final Column quantity;
  private final Column unit;
  private final Column listPrice;
  private final Column unitPrice;
  private final Column reservation;
  private final Column benefit;
  private final Column billingPeriod;
  private final Column invoice;
  private final Column info;
  private final Column tagMap;

  AzureLines(
      String file,
      Header header,
      TagReader tags,
      AzureCosts costs,
      Map<String, ChargeKind> lineTypes,
      Consumer<Column> keep) {
    this.costs = costs;
    this.lineTypes = lineTypes;
    this.tags = tags;
    Columns columns = new Columns(header, keep);
    date = columns.of("Date", "UsageDateTime");
    cost = columns.of("CostInBillingCurrency", "PreTaxCost", "Cost");
    currency = columns.of("BillingCurrencyCode", "BillingCurrency", "Currency");
    header.require(
        file,
        date.name(),
        cost.name(),
        currency.name(),
        "ChargeType",
        "MeterCategory",
        "ResourceId");
    chargeType = columns.of("ChargeType");
    pricingModel = columns.of("PricingModel");
    resource = columns.of("ResourceId");
    meterCategory = columns.of("MeterCategory");
    meterSubcategory = columns.of("MeterSubCategory", "MeterSubcategory");
    meter = columns.of("MeterName");
    location = columns.of("ResourceLocation", "MeterRegion");
    account = columns.of("SubscriptionId", "SubscriptionGuid");
    payer = columns.of("BillingAccountId", "BillingProfileId");
    quantity = columns.of("Quantity");
    unit = columns.of("UnitOfMeasure");
    listPrice = columns.of("PayGPrice");
    unitPrice = columns.of("UnitPrice");
    reservation = columns.of("ReservationId");
    benefit = columns.of("BenefitId");
    billingPeriod = columns.of("BillingPeriodStartDate");
    invoice = columns.of("InvoiceId");
    info = columns.of("AdditionalInfo");
    tagMap = columns.of("Tags");
  }

  @Override
  public void read(CsvLines lines, LineSink sink) {
    LocalDate day =
        moments.read(date.name(), date.text(lines)).atOffset(ZoneOffset.UTC).toLocalDate();
    String period = billingPeriod.text(lines);
    ChargeKind charge = charge(lines);
    Matcher measure = UNIT.matcher(unit.text(lines).strip());
    boolean isTime = measure.matches() && HOURS.matcher(measure.group(2)).matches();
    boolean isUsage = charge == ChargeKind.USAGE || charge == ChargeKind.COVERED_USAGE;
    sink.take(
        new BillLine(
            period.isEmpty()
                ? YearMonth.from(day)
                : YearMonth.from(
                    moments.read(billingPeriod.name(), period).atOffset(ZoneOffset.UTC)),
            Span.ofDay(
                day,
                isTime && isUsage && costs != AzureCosts.BILLED
                    ? quantity.amountOrZero(lines)
                    : Amount.ZERO),
            charge,
            product(lines, charge),
            payer.text(lines),
            account.text(lines),
            resource.text(lines),
            commitment(lines),
            costs(lines, charge, block(measure)),
            Optional.empty(),
            currency.text(lines),
            false,
            !invoice.text(lines).isEmpty(),
            tags.ofJson(tagMap.name(), tagMap.text(lines))));
  }

  private ChargeKind charge(CsvLines lines) {
    String text = chargeType.text(lines);
    String name = text.toLowerCase(Locale.ROOT);
    ChargeKind own = lineTypes.get(name);
    if (own != null) {
      return own;
    }
    return switch (name) {
      case "usage" -> isCommitted(lines) ? ChargeKind.COVERED_USAGE : ChargeKind.USAGE;
      case "purchase" -> isCommitted(lines) ? ChargeKind.COMMITMENT_PURCHASE : ChargeKind.FEE;
      case "unusedreservation", "unusedsavingsplan" -> ChargeKind.UNUSED_COMMITMENT;
      case "refund" -> ChargeKind.REFUND;
      case "tax" -> ChargeKind.TAX;
      case "roundingadjustment" -> ChargeKind.ADJUSTMENT;
      default ->
          throw new IllegalArgumentException(
              "%s \"%s\" is not known; say what it is under lineTypes in the settings, and report it"
                  .formatted(chargeType.name(), text));
    };
  }

  private boolean isCommitted(CsvLines lines) {
    return switch (pricingModel.text(lines).toLowerCase(Locale.ROOT)) {
      case "reservation", "savingsplan" -> true;
      default -> !commitment(lines).isEmpty();
    };
  }

  private String commitment(CsvLines lines) {
    String reserved = reservation.text(lines);
    return reserved.isEmpty() ? benefit.text(lines) : reserved;
  }

  private Costs costs(CsvLines lines, ChargeKind charge, BigDecimal block) {
    Amount amount = cost.requiredAmount(lines);
    if (costs == AzureCosts.BILLED) {
      return Costs.onlyBilled(amount);
    }
    Amount billed = costs == AzureCosts.ALL ? amount : Amount.ZERO;
    if (charge != ChargeKind.USAGE && charge != ChargeKind.COVERED_USAGE) {
      Amount list = charge == ChargeKind.UNUSED_COMMITMENT ? Amount.ZERO : amount;
      return new Costs(list, list, amount, billed);
    }
    Optional<Amount> paid = priced(lines, unitPrice, block);
    Optional<Amount> list = priced(lines, listPrice, block);
    Amount negotiated = paid.or(() -> list).orElse(amount);
    return new Costs(list.orElse(negotiated), negotiated, amount, billed);
  }

  /** A price of 0 is no price: lines that a commitment pays for often have none. */
  private Optional<Amount> priced(CsvLines lines, Column price, BigDecimal block) {
    return price
        .amount(lines)
        .filter(each -> !each.isZero())
        .map(
            each ->
                each.times(
                    quantity.amountOrZero(lines).decimal().divide(block, MathContext.DECIMAL64)));
  }

  private static BigDecimal block(Matcher measure) {
    return measure.group(1) == null || measure.group(1).matches("0+")
        ? BigDecimal.ONE
        : new BigDecimal(measure.group(1));
  }

  private Product product(CsvLines lines, ChargeKind charge) {
    Matcher size = SIZE.matcher(info.text(lines));
    String subcategory = meterSubcategory.text(lines);
    return new Product(
        meterCategory.text(lines),
        subcategory.isEmpty() ? meter.text(lines) : subcategory + "/" + meter.text(lines),
        "",
        location.text(lines).toLowerCase(Locale.ROOT),
        size.find() ? size.group(1) : "",
        purchase(lines, charge));
  }

  private Purchase purchase(CsvLines lines, ChargeKind charge) {
    if (charge != ChargeKind.USAGE && charge != ChargeKind.COVERED_USAGE) {
      return Purchase.NONE;
    }
    return switch (pricingModel.text(lines).toLowerCase(Locale.ROOT)) {
      case "spot" -> Purchase.SPOT;
      case "reservation" -> Purchase.RESERVED;
      case "savingsplan" -> Purchase.SAVINGS_PLAN;
      default -> charge == ChargeKind.COVERED_USAGE ? Purchase.RESERVED : Purchase.ON_DEMAND;
    };
  }
}
