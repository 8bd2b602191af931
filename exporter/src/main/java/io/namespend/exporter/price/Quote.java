package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a source says something costs.
 *
 * @param amount currency per hour; for a volume per GiB-hour; for egress per GiB
 * @param source where the price comes from, as shown in the label {@code price_source}
 * @param doubts why the price is an estimate; empty if it is known. A later source that knows wins
 *     over an estimate
 */
public record Quote(double amount, String source, PriceBasis basis, Set<EstimateReason> doubts) {
  /** Of what nobody bills by itself: a known price of 0. */
  public static final Quote NOTHING = known(0, "none", PriceBasis.LIST);

  public Quote {
    requireNonNull(source, "source");
    requireNonNull(basis, "basis");
    doubts = Set.copyOf(doubts);
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(
          "%s gives %s per hour; a price must be a finite number, not below 0"
              .formatted(source, amount));
    }
  }

  public static Quote known(double amount, String source, PriceBasis basis) {
    return new Quote(amount, source, basis, Set.of());
  }

  public static Quote estimate(
      double amount, String source, PriceBasis basis, EstimateReason doubt) {
    return new Quote(amount, source, basis, Set.of(doubt));
  }

  /** This price with one more reason to doubt it. */
  public Quote doubted(EstimateReason doubt) {
    EnumSet<EstimateReason> all = EnumSet.of(doubt);
    all.addAll(doubts);
    return new Quote(amount, source, basis, all);
  }

  /** Whether the price is an estimate. */
  public boolean estimated() {
    return !doubts.isEmpty();
  }

  /** Whether it says that nobody bills the thing by itself. */
  public boolean isNothing() {
    return source.equals(NOTHING.source);
  }

  /** The gravest reason why the price is an estimate, under which its money is counted. */
  public Optional<EstimateReason> doubt() {
    return doubts.stream().min(EstimateReason::compareTo);
  }

  Quote withAmount(double newAmount) {
    return new Quote(newAmount, source, basis, doubts);
  }
}
