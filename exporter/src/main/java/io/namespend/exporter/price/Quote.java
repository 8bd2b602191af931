package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;

/**
 * What a source says something costs.
 *
 * @param amount currency per hour; for a volume per GiB-hour; for egress per GiB
 * @param source where the price comes from, as shown in the label {@code price_source}
 * @param estimated whether the price is a guess; a later source that knows better wins
 */
public record Quote(double amount, String source, PriceBasis basis, boolean estimated) {
  public Quote {
    requireNonNull(source, "source");
    requireNonNull(basis, "basis");
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(
          "%s gives %s per hour; a price must be a finite number, not below 0"
              .formatted(source, amount));
    }
  }

  public static Quote known(double amount, String source, PriceBasis basis) {
    return new Quote(amount, source, basis, false);
  }

  public static Quote estimate(double amount, String source, PriceBasis basis) {
    return new Quote(amount, source, basis, true);
  }

  Quote withAmount(double newAmount) {
    return new Quote(newAmount, source, basis, estimated);
  }
}
