package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the ledger's lines, and divides those of a namespace among its owners. */
final class Charges {
  private static final BigDecimal BYTES_PER_GIB = BigDecimal.valueOf(1L << 30);

  private final Hours hours;

  Charges(Hours hours) {
    this.hours = requireNonNull(hours, "hours");
  }

  /**
   * @return in the order of a statement; without those that cost nothing
   */
  List<Charge> read() {
    Map<LedgerEntry, BigDecimal> ledger = hours.sums(LedgerEntry.SERIES, LedgerEntry::of);
    ledger.values().removeIf(cost -> cost.signum() == 0);
    OwnerShares shares =
        OwnerShares.read(
            hours,
            ledger.keySet().stream()
                .filter(entry -> !entry.namespace().isEmpty())
                .map(LedgerEntry::namespaceKey)
                .collect(toSet()));
    Quantities quantities = new Quantities(hours);
    List<Charge> charges = new ArrayList<>();
    ledger.forEach(
        (entry, cost) ->
            owners(entry, shares)
                .forEach(
                    (owner, share) -> charges.add(quantities.charge(entry, owner, cost, share))));
    charges.sort(Comparator.comparing(Charge::key));
    return charges;
  }

  private static SortedMap<Owner, BigDecimal> owners(LedgerEntry entry, OwnerShares shares) {
    if (!entry.namespace().isEmpty()) {
      return shares.of(entry.namespaceKey());
    }
    Owner owner = entry.item().isPool() ? Owner.UNALLOCATED : entry.owner();
    return new TreeMap<>(Map.of(owner, BigDecimal.ONE));
  }

  /** How much was charged, beside what it costs. */
  private static final class Quantities {
    private final Map<LedgerEntry, BigDecimal> allocated;
    private final Map<LedgerEntry, BigDecimal> recorded;
    private final Map<PoolKey, BigDecimal> pools;

    Quantities(Hours hours) {
      allocated = hours.sums("namespace:allocated:sum1h", LedgerEntry::of);
      recorded = hours.counts(LedgerEntry.SERIES, LedgerEntry::of);
      pools = hours.sums("pool:cost:sum1h", PoolKey::of);
    }

    Charge charge(LedgerEntry entry, Owner owner, BigDecimal whole, BigDecimal share) {
      BigDecimal cost = whole.multiply(share);
      BigDecimal pool =
          pools.getOrDefault(new PoolKey(entry.cluster(), entry.item().pool()), BigDecimal.ZERO);
      Quantity quantity =
          entry.item().isPool()
              ? pool.signum() == 0
                  ? Quantity.of(BigDecimal.ZERO, "", cost)
                  : Quantity.of(cost.divide(pool, MathContext.DECIMAL128), "Shares", cost)
              : resource(entry, share, cost);
      return new Charge(
          new LineKey(owner, entry.cluster(), entry.namespace(), entry.item()), cost, quantity);
    }

    private Quantity resource(LedgerEntry entry, BigDecimal share, BigDecimal cost) {
      BigDecimal quantity = allocated.getOrDefault(entry, BigDecimal.ZERO).multiply(share);
      return switch (entry.item().resource()) {
        case "cpu" -> Quantity.of(quantity, "Core-Hours", cost);
        case "memory" ->
            Quantity.of(quantity.divide(BYTES_PER_GIB, MathContext.DECIMAL128), "GiB-Hours", cost);
        case "gpu" -> Quantity.of(quantity, "GPU-Hours", cost);
        default ->
            Quantity.of(
                recorded.getOrDefault(entry, BigDecimal.ZERO).multiply(share), "Hours", cost);
      };
    }
  }
}
