package io.namespend.exporter.price;

/** What a price depends on and nobody could tell, so that it is an estimate. The gravest first. */
public enum EstimateReason {
  /** No source knows the thing in a currency that can be converted; it costs nothing. */
  CURRENCY("currency"),
  /** No source knows the thing; rates by provider stand in. */
  FALLBACK("fallback"),
  /** What a volume is was not read, or its storage class says what no volume can be. */
  PARAMETERS("parameters"),
  /** A node without a machine; public serverless rates, or nothing, stand in for its price. */
  VIRTUAL("virtual"),
  /** How many GPUs the node has is not known. */
  GPUS("gpus"),
  /** The price of spare capacity is not known; it is derived from another one. */
  SPOT("spot"),
  /** The hardware was reserved at a price that only the bill knows, such as a capacity block. */
  PURCHASE("purchase"),
  /** The price of a local or wavelength zone is derived from its region's. */
  PLACE("place"),
  /** The price of hardware of one's own is derived from that of shared hardware. */
  TENANCY("tenancy"),
  /** What the operating system adds to the price is not listed with the machine. */
  OPERATING_SYSTEM("operating-system"),
  /** What somebody charges for managing the node is not known. */
  FEE("fee"),
  /** The price depends on a tier or plan that the cluster does not tell. */
  TIER("tier"),
  /** Its rate is known from public descriptions, and not from the provider's list. */
  RATE("rate"),
  /** The price is derived from that of another region. */
  REGION("region"),
  /** Billed by what is stored, which nobody tells; the size that the volume declares stands in. */
  SIZE("size");

  private final String label;

  EstimateReason(String label) {
    this.label = label;
  }

  /** The spelling in metric labels. */
  public String label() {
    return label;
  }
}
