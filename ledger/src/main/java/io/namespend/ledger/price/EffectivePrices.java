package io.namespend.ledger.price;

import static java.util.Objects.requireNonNull;

import io.namespend.foundation.csv.Csv;
import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.bill.Purchase;
import io.namespend.ledger.rules.BillSettings.Commitments;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import io.namespend.ledger.store.Charge;
import io.namespend.ledger.store.ChargeRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an hour of each resource cost in the last billed days: its effective cost over the hours
 * that it was used, not over the day's, so that a machine of 20 minutes has the price of a whole
 * hour.
 */
public final class EffectivePrices {
  private static final MathContext PRECISE = MathContext.DECIMAL64;
  private static final int PLACES = 10;
  private static final Pattern ZONE = Pattern.compile("([a-z]+(?:-[a-z]+)+-\\d)[a-z]");
  private static final Pattern EC2 =
      Pattern.compile("arn:aws[^:]*:ec2:[^:]*:[^:]*:(?:instance|volume)/((?:i|vol)-.+)");

  private static final Pattern SIZE = Pattern.compile("\\d+");

  private static final String PRICED =
      "class = '%s' and component in ('NODE', 'VOLUME', 'LOAD_BALANCER', 'CONTROL_PLANE')"
          .formatted(LineClass.RESOURCE);

  private final BillStore store;
  private final Commitments commitments;
  private final int days;
  private final Map<String, Price> resources = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<Model, Usage> models = new TreeMap<>();
  private int withoutHours;

  /**
   * @param days how many of the last billed ones count
   */
  public EffectivePrices(BillStore store, Commitments commitments, int days) {
    this.store = requireNonNull(store, "store");
    this.commitments = requireNonNull(commitments, "commitments");
    this.days = days;
    lastDays().forEach(this::read);
  }

  private record Price(BigDecimal hourly, String currency) {}

  /** A kind of machine. */
  private record Model(String type, boolean isSpot, String region, String currency)
      implements Comparable<Model> {
    @Override
    public int compareTo(Model other) {
      return (type + isSpot + region + currency)
          .compareTo(other.type + other.isSpot + other.region + other.currency);
    }
  }

  private record Usage(BigDecimal cost, BigDecimal hours) {
    Usage plus(Usage other) {
      return new Usage(cost.add(other.cost), hours.add(other.hours));
    }
  }

  /** What shares its commitments when they are blended. */
  private record Group(LocalDate day, String family, String region) {}

  /** A version, and the first of its days that counts. */
  private record Days(BillVersion version, LocalDate from) {}

  private List<Days> lastDays() {
    Map<String, LocalDate> last = new HashMap<>();
    List<BillVersion> current = store.current();
    for (BillVersion version : current) {
      last.merge(version.source(), version.until(), (a, b) -> a.isAfter(b) ? a : b);
    }
    List<Days> windows = new ArrayList<>();
    for (BillVersion version : current) {
      LocalDate from = requireNonNull(last.get(version.source())).minusDays(days - 1L);
      if (!version.until().isBefore(from)) {
        windows.add(new Days(version, from));
      }
    }
    return windows;
  }

  private void read(Days window) {
    // A monthly line has its month's first day, and is of all of them.
    LocalDate first = YearMonth.from(window.from()).atDay(1);
    String condition =
        "(day >= '%s' or (day >= '%s' and clock = 0)) and %s"
            .formatted(window.from(), first, PRICED);
    Map<Group, BigDecimal> blended = blended(window.version(), condition);
    Map<String, BigDecimal> discounts = discounts(window.version());
    Resource[] open = {new Resource("")};
    store.charges(
        window.version(),
        condition,
        "resource collate nocase",
        row -> {
          if (!open[0].id.equalsIgnoreCase(row.charge().resource())) {
            close(open[0], window.version().currency());
            open[0] = new Resource(row.charge().resource());
          }
          open[0].add(row, cost(row, blended, discounts));
        });
    close(open[0], window.version().currency());
  }

  private void close(Resource resource, String currency) {
    if (resource.id.isEmpty() || resource.cost.signum() < 0) {
      return;
    }
    BigDecimal hours = resource.hours();
    if (hours.signum() == 0) {
      withoutHours++;
      return;
    }
    Price price =
        new Price(
            resource.cost.divide(hours, PRECISE).setScale(PLACES, RoundingMode.HALF_EVEN),
            currency);
    // Over a month's end the newer version, which is read later, decides.
    resources.put(oneSpelling(resource.id), price);
    if (!resource.type.isEmpty() && resource.isTimed()) {
      models.merge(
          new Model(resource.type, resource.isSpot, resource.region, currency),
          new Usage(resource.cost, hours),
          Usage::plus);
    }
  }

  /** The exporter adds up lines of one resource, and an ARN is one with the bare id. */
  private static String oneSpelling(String id) {
    Matcher arn = EC2.matcher(id);
    return arn.matches() ? arn.group(1) : id;
  }

  private static BigDecimal cost(
      ChargeRow row, Map<Group, BigDecimal> blended, Map<String, BigDecimal> discounts) {
    BigDecimal effective = row.sums().costs().effective().decimal();
    if (row.charge().kind() == ChargeKind.USAGE) {
      BigDecimal rate = discounts.get(row.charge().product().service());
      effective = rate == null ? effective : effective.multiply(rate, PRECISE);
    }
    BigDecimal rate = isBlended(row.charge()) ? blended.get(group(row.charge())) : null;
    return rate == null ? effective : row.sums().costs().list().decimal().multiply(rate, PRECISE);
  }

  /** Effective over list cost, by what shares commitments. */
  private Map<Group, BigDecimal> blended(BillVersion version, String condition) {
    if (commitments == Commitments.AS_BILLED) {
      return Map.of();
    }
    Map<Group, BigDecimal> effective = new HashMap<>();
    Map<Group, BigDecimal> list = new HashMap<>();
    Map<String, BigDecimal> discounts = discounts(version);
    store.charges(
        version,
        condition,
        "rowid",
        row -> {
          if (isBlended(row.charge())) {
            Group group = group(row.charge());
            effective.merge(group, cost(row, Map.of(), discounts), BigDecimal::add);
            list.merge(group, row.sums().costs().list().decimal(), BigDecimal::add);
          }
        });
    Map<Group, BigDecimal> rates = new HashMap<>();
    list.forEach(
        (group, cost) -> {
          if (cost.signum() > 0) {
            rates.put(group, effective.getOrDefault(group, BigDecimal.ZERO).divide(cost, PRECISE));
          }
        });
    return rates;
  }

  private static boolean isBlended(Charge charge) {
    return charge.assignment().component() == Component.NODE
        && charge.product().purchase() != Purchase.SPOT
        && !charge.product().instanceType().isEmpty();
  }

  /** Sizes of a family share what a commitment covers. */
  private static Group group(Charge charge) {
    String type = charge.product().instanceType();
    int point = type.indexOf('.');
    return new Group(
        charge.day(),
        point > 0 ? type.substring(0, point) : SIZE.matcher(type).replaceFirst(""),
        region(charge.product().region()));
  }

  private static String region(String place) {
    Matcher zone = ZONE.matcher(place);
    return zone.matches() ? zone.group(1) : place;
  }

  /** Discounts that are lines without a resource: by service, what of its usage is left to pay. */
  private Map<String, BigDecimal> discounts(BillVersion version) {
    Map<String, BigDecimal> discounted = new HashMap<>();
    store.charges(
        version,
        "kind = '%s' and resource = ''".formatted(ChargeKind.DISCOUNT),
        "rowid",
        row ->
            discounted.merge(
                row.charge().product().service(),
                row.sums().costs().effective().decimal(),
                BigDecimal::add));
    if (discounted.isEmpty()) {
      return Map.of();
    }
    Map<String, BigDecimal> used = new HashMap<>();
    store.charges(
        version,
        "kind = '%s'".formatted(ChargeKind.USAGE),
        "rowid",
        row ->
            used.merge(
                row.charge().product().service(),
                row.sums().costs().effective().decimal(),
                BigDecimal::add));
    Map<String, BigDecimal> rates = new HashMap<>();
    discounted.forEach(
        (service, discount) -> {
          BigDecimal usage = used.getOrDefault(service, BigDecimal.ZERO);
          if (usage.signum() > 0) {
            rates.put(
                service, BigDecimal.ONE.add(discount.divide(usage, PRECISE)).max(BigDecimal.ZERO));
          }
        });
    return rates;
  }

  /** For the exporter's source {@code bill}. */
  public String bill() {
    StringBuilder csv = new StringBuilder(Csv.row(List.of("resource_id", "hourly", "currency")));
    resources.forEach(
        (id, price) ->
            csv.append(Csv.row(List.of(id, price.hourly().toPlainString(), price.currency()))));
    return csv.toString();
  }

  /**
   * For its source {@code sheet}: the average of each kind of machine, for those not billed yet.
   */
  public String sheet() {
    StringBuilder csv =
        new StringBuilder(
            Csv.row(
                List.of(
                    "kind",
                    "instance_type",
                    "capacity_type",
                    "region",
                    "price",
                    "per",
                    "currency")));
    models.forEach(
        (model, usage) ->
            csv.append(
                Csv.row(
                    List.of(
                        "node",
                        model.type(),
                        model.isSpot() ? "spot" : "on-demand",
                        model.region(),
                        usage
                            .cost()
                            .divide(usage.hours(), PRECISE)
                            .setScale(PLACES, RoundingMode.HALF_EVEN)
                            .toPlainString(),
                        "hour",
                        model.currency()))));
    return csv.toString();
  }

  public int size() {
    return resources.size();
  }

  /** How many resources have no price, because how long they were used is not known. */
  public int withoutHours() {
    return withoutHours;
  }

  /** A resource while its charges are read. */
  private static final class Resource {
    private final String id;
    private final Map<String, Amount> used = new HashMap<>();
    private final Map<LocalDate, Integer> clocks = new HashMap<>();
    private BigDecimal cost = BigDecimal.ZERO;
    private String type = "";
    private String region = "";
    private boolean isSpot;

    Resource(String id) {
      this.id = id;
    }

    void add(ChargeRow row, BigDecimal effective) {
      Charge charge = row.charge();
      cost = cost.add(effective);
      if (!isUsage(charge)) {
        return;
      }
      if (!row.sums().used().isZero()) {
        used.merge(family(charge), row.sums().used(), Amount::plus);
      }
      clocks.merge(charge.day(), row.sums().clock(), (a, b) -> a | b);
      if (charge.assignment().component() == Component.NODE
          && !charge.product().instanceType().isEmpty()) {
        type = charge.product().instanceType();
        region = EffectivePrices.region(charge.product().region());
        isSpot |= charge.product().purchase() == Purchase.SPOT;
      }
    }

    /** A negation is of hours too, those that its covered usage has. */
    private static boolean isUsage(Charge charge) {
      return charge.kind() == ChargeKind.USAGE || charge.kind() == ChargeKind.COVERED_USAGE;
    }

    /** A machine has hours of itself, and of options such as optimized volumes, at once. */
    BigDecimal hours() {
      if (isTimed()) {
        return used.values().stream().max(Amount::compareTo).orElseThrow().decimal();
      }
      return BigDecimal.valueOf(clocks.values().stream().mapToInt(Integer::bitCount).sum());
    }

    boolean isTimed() {
      return !used.isEmpty();
    }

    /** BoxUsage of EU-BoxUsage:m5.large: a machine that changed its size has hours of both. */
    private static String family(Charge charge) {
      if (charge.product().service().equals("Virtual Machines")) {
        return "";
      }
      String usage = charge.product().usageType();
      int colon = usage.indexOf(':');
      String name = colon > 0 ? usage.substring(0, colon) : usage;
      return name.replaceFirst("^[A-Z]{2,4}\\d{0,2}-", "");
    }
  }
}
