package io.namespend.ledger.bill;

/** Where the money of a line goes; every line is in exactly one class. */
public enum LineClass {
  /** What the exporter prices: nodes, volumes, load balancers, control planes. */
  RESOURCE("resources of clusters"),
  SERVICE("services with an owner"),
  SHARED_SERVICE("shared services"),
  UNUSED_COMMITMENT("commitments, unused"),
  TAX("tax"),
  CREDIT("credits, refunds, discounts"),
  FEE("support and fees"),
  OUTSIDE_SCOPE("outside the scope");

  private final String title;

  LineClass(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
