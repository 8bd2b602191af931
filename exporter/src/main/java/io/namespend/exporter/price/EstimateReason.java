package io.namespend.exporter.price;

/** What a price depends on and nobody could tell, so that it is an estimate. The gravest first. */
public enum EstimateReason {
  /** No source knows the thing in a currency that can be converted; it costs nothing. */
  CURRENCY("currency"),
  /** No source knows the thing; rates by provider stand in. */
  FALLBACK("fallback"),
  /** The price is that of another region. */
  REGION("region"),
  /** The price of spare capacity is not known; it is derived from another one. */
  SPOT("spot");

  private final String label;

  EstimateReason(String label) {
    this.label = label;
  }

  /** The spelling in metric labels. */
  public String label() {
    return label;
  }
}
