package io.namespend.exporter.policy;

/** Who owns a namespace or workload. */
public record Owner(Named team, Named costCenter, Named environment, Named product) {
  public Named part(OwnerPart part) {
    return switch (part) {
      case TEAM -> team;
      case COST_CENTER -> costCenter;
      case ENVIRONMENT -> environment;
      case PRODUCT -> product;
    };
  }

  /** A name, and what named it. */
  public record Named(String value, OwnerSource source) {}
}
