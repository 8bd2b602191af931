package io.namespend.ledger.bill;

/**
 * What something costs, at the four steps from the price list to the invoice. FOCUS calls them
 * ListCost, ContractedCost, EffectiveCost and BilledCost.
 *
 * @param list at public prices; 0 for what pays for usage that has a list price itself
 * @param negotiated after negotiated discounts
 * @param effective amortized: after commitments, each hour with its part of what was prepaid
 * @param billed what the invoice says
 */
public record Costs(Amount list, Amount negotiated, Amount effective, Amount billed) {
  public static final Costs ZERO = same(Amount.ZERO);

  /** Of what has no price list and is not prepaid: taxes, fees, credits. */
  public static Costs same(Amount amount) {
    return new Costs(amount, amount, amount, amount);
  }

  /** What only moves money in time, such as an upfront payment. */
  public static Costs onlyBilled(Amount billed) {
    return new Costs(Amount.ZERO, Amount.ZERO, Amount.ZERO, billed);
  }

  public Costs plus(Costs other) {
    return new Costs(
        list.plus(other.list),
        negotiated.plus(other.negotiated),
        effective.plus(other.effective),
        billed.plus(other.billed));
  }

  public Costs minus(Costs other) {
    return new Costs(
        list.minus(other.list),
        negotiated.minus(other.negotiated),
        effective.minus(other.effective),
        billed.minus(other.billed));
  }
}
