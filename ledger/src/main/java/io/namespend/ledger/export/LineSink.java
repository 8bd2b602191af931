package io.namespend.ledger.export;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.BillLine;

/** Takes what a file says. */
public interface LineSink {
  void take(BillLine line);

  /**
   * Of a bill whose net columns have the discounts that it also lists as lines of their own.
   *
   * @param above what the line costs before them, less what it costs after them
   */
  void discounted(Amount above, boolean isDiscountLine);

  /** Of a line that repeats, split by pod, what another line charges. */
  void leaveSplit();
}
