package io.namespend.exporter.price;

/** Reasons of estimates, for people. */
final class EstimateWords {
  private EstimateWords() {}

  static String of(EstimateReason reason) {
    return switch (reason.label()) {
      case "currency" ->
          "no source knows a price that can be converted; write prices.exchangeRates or a sheet";
      case "fallback" -> "no source knows it, so rates for vCPU, memory and GPUs are used";
      case "region" ->
          "its price in this region is not known, and is derived from that of another region";
      case "spot" -> "its spot price is not known, and is derived from another one";
      case "purchase" -> "it was reserved at a price that only the bill knows";
      case "place" -> "the price of its local or wavelength zone is derived from the region's";
      case "tenancy" -> "the price of dedicated hardware is derived from that of shared hardware";
      case "operating-system" -> "what its operating system adds to the price is not listed";
      case "fee" -> "the management fee is not known";
      case "tier" -> "it depends on a tier or plan that the cluster does not reveal";
      case "rate" -> "its rate comes from public descriptions and not from a price list";
      case "virtual" -> "it has no machine, and public serverless rates stand in";
      case "gpus" -> "how many GPUs it has is not known";
      default -> "it depends on something that was not read (%s)".formatted(reason.label());
    };
  }
}
