package io.namespend.exporter.policy.owner;

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

  /** Whether it names another team or cost center than its namespace, which names one. */
  public boolean isForeignTo(Owner namespace) {
    return differs(team, namespace.team) || differs(costCenter, namespace.costCenter);
  }

  /**
   * The same, charged to its namespace's owner. Both parts are: of a workload that names another
   * team, its cost center is that team's too.
   */
  Owner paidBy(Owner namespace) {
    return new Owner(namespace.team, namespace.costCenter, environment, product);
  }

  /** Who pays, for people: the team, and the cost center where something names one. */
  public String payer() {
    return costCenter.source() == OwnerSource.DEFAULT
        ? team.value()
        : team.value() + ", " + costCenter.value();
  }

  private static boolean differs(Named own, Named namespace) {
    return namespace.source() != OwnerSource.DEFAULT && !own.value().equals(namespace.value());
  }

  /** A name, and what named it. */
  public record Named(String value, OwnerSource source) {}
}
