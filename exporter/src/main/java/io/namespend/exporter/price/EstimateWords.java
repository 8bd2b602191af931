package io.namespend.exporter.price;

/** Reasons of estimates, for people. */
final class EstimateWords {
  private EstimateWords() {}

  static String of(EstimateReason reason) {
    return switch (reason) {
      case CURRENCY ->
          "no source knows a price that can be converted; write prices.exchangeRates or a sheet";
      case FALLBACK -> "no source knows it, and rates for vCPU, memory and GPUs stand in";
      case REGION -> "its price in this region is not known, and one from another region stands in";
      case SPOT -> "its spot price is not known, and is derived from another one";
      default -> "it depends on something that was not read (%s)".formatted(reason.label());
    };
  }
}
