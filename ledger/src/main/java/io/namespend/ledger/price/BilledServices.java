package io.namespend.ledger.price;

import static java.util.Objects.requireNonNull;

import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.rules.Owner;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import io.namespend.ledger.store.Charge;
import io.namespend.ledger.store.ChargeRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Services outside the cluster as the policy has them: what an hour of each cost in the newest
 * billed month. A line of days or hours counts over the days that are billed, one of a month over
 * the month.
 */
public final class BilledServices {
  private static final MathContext PRECISE = MathContext.DECIMAL64;
  private static final int PLACES = 8;
  private static final int HOURS = 24;
  private static final int LONGEST_NAME = 63;

  /** What the policy accepts as an owner. */
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");

  private final SortedMap<String, Service> shared = new TreeMap<>();
  private final SortedMap<String, Service> external = new TreeMap<>();

  public BilledServices(BillStore store) {
    requireNonNull(store, "store");
    Map<String, BillVersion> newest = new HashMap<>();
    for (BillVersion version : store.current()) {
      newest.merge(version.source(), version, (a, b) -> a.period().isAfter(b.period()) ? a : b);
    }
    newest.values().forEach(version -> read(store, version));
  }

  private record Service(String category, Owner owner, BigDecimal hourly, String currency) {
    Service plus(Service other) {
      if (!currency.equals(other.currency)) {
        throw new IllegalStateException("one name has one currency");
      }
      return new Service(category, owner, hourly.add(other.hourly), currency);
    }
  }

  private void read(BillStore store, BillVersion version) {
    BigDecimal billed = BigDecimal.valueOf((long) HOURS * version.until().getDayOfMonth());
    BigDecimal month = BigDecimal.valueOf((long) HOURS * version.period().lengthOfMonth());
    store.charges(
        version,
        "class in ('%s', '%s', '%s', '%s')"
            .formatted(
                LineClass.SERVICE,
                LineClass.SHARED_SERVICE,
                LineClass.UNUSED_COMMITMENT,
                LineClass.FEE),
        "rowid",
        row -> add(row, row.sums().clock() == 0 ? month : billed, version));
  }

  private void add(ChargeRow row, BigDecimal hours, BillVersion version) {
    Charge charge = row.charge();
    Owner owner = known(charge.assignment().owner());
    BigDecimal hourly = row.sums().costs().effective().decimal().divide(hours, PRECISE);
    Service service = new Service(category(charge), owner, hourly, version.currency());
    boolean isOwned = !owner.equals(Owner.NONE);
    String name =
        String.join(
            " ",
            List.of(
                "billed",
                version.source(),
                name(charge),
                owner.namespace(),
                owner.team(),
                owner.costCenter()));
    (isOwned ? external : shared).merge(plain(name), service, Service::plus);
  }

  private static String name(Charge charge) {
    return switch (charge.assignment().lineClass()) {
      case UNUSED_COMMITMENT -> "unused commitment";
      case FEE -> "support and fees";
      default ->
          charge.assignment().component() == Component.NETWORK
              ? charge.product().service() + " network"
              : charge.product().service();
    };
  }

  private static String category(Charge charge) {
    return switch (charge.assignment().lineClass()) {
      case UNUSED_COMMITMENT -> "commitment";
      case FEE -> "support";
      default -> charge.assignment().component() == Component.NETWORK ? "network" : "service";
    };
  }

  /** A namespace decides alone; what the policy would not accept is nobody. */
  private static Owner known(Owner owner) {
    if (NAMESPACE.matcher(owner.namespace()).matches()) {
      return new Owner(owner.namespace(), "", "");
    }
    return new Owner("", label(owner.team()), label(owner.costCenter()));
  }

  private static String label(String text) {
    return LABEL.matcher(text).matches() ? text : "";
  }

  private static String plain(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String whole = plain.replaceAll("^-|-$", "");
    return whole.length() <= LONGEST_NAME
        ? whole
        : whole.substring(0, LONGEST_NAME - 9) + "-%08x".formatted(name.hashCode());
  }

  /** For the policy; services that cost nothing, or were refunded, are left out. */
  public String policy() {
    return section("sharedServices", shared) + section("externalServices", external);
  }

  /** Currencies of what {@link #policy} has: the policy's must be the same. */
  public List<String> currencies() {
    return java.util.stream.Stream.concat(shared.values().stream(), external.values().stream())
        .map(Service::currency)
        .distinct()
        .sorted()
        .toList();
  }

  private static String section(String key, SortedMap<String, Service> services) {
    StringBuilder text = new StringBuilder(key).append(":");
    boolean isEmpty = true;
    for (Map.Entry<String, Service> entry : services.entrySet()) {
      Service service = entry.getValue();
      BigDecimal hourly = service.hourly().setScale(PLACES, RoundingMode.HALF_EVEN);
      if (hourly.signum() > 0) {
        isEmpty = false;
        text.append(
            "%n  - {name: \"%s\", category: \"%s\", hourlyCost: %s%s%s%s}"
                .formatted(
                    entry.getKey(),
                    service.category(),
                    hourly.toPlainString(),
                    owner("namespace", service.owner().namespace()),
                    owner("team", service.owner().team()),
                    owner("costCenter", service.owner().costCenter())));
      }
    }
    return text.append(isEmpty ? " []%n".formatted() : "%n".formatted()).toString();
  }

  private static String owner(String key, String value) {
    return value.isEmpty() ? "" : ", %s: \"%s\"".formatted(key, value);
  }
}
