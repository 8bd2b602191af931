package io.namespend.ledger.store;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.Costs;

/**
 * Lines added up.
 *
 * @param clock the hours of the day that they touch, as bits
 * @param used hours by their own quantities
 */
public record Sums(long lines, Costs costs, Amount used, int clock) {
  public static final Sums NONE = new Sums(0, Costs.ZERO, Amount.ZERO, 0);

  public static Sums of(BillLine line) {
    return new Sums(1, line.costs(), line.span().used(), line.span().clock());
  }

  public Sums plus(Sums other) {
    return new Sums(
        lines + other.lines, costs.plus(other.costs), used.plus(other.used), clock | other.clock);
  }
}
