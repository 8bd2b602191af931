package io.namespend.exporter.price;

/** What kind of price it is, which decides whether a discount applies. */
public enum PriceBasis {
  /** What was paid; contains every discount. */
  BILLED,
  /** From the user's own price sheet: already what was agreed. */
  AGREED,
  /** A public list price. */
  LIST,
  /** A market price of spare capacity. */
  SPOT
}
