package io.namespend.ledger.bill;

import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a bill; texts are empty where the line says nothing.
 *
 * @param period the month that it is billed in, which a correction's usage may be before
 * @param payer the billing account, by which a bill is told from another
 * @param account that used it
 * @param resource as the bill spells it
 * @param commitment the savings plan, reservation or committed use that pays, or is paid
 * @param committed of a commitment's fee: what of the commitment is for this line's time, used or
 *     not
 * @param isPart whether it is an allocated part of a charge that may be there as a whole too
 * @param isInvoiced whether its invoice is issued
 * @param tags of the names that the rules ask for
 */
public record BillLine(
    YearMonth period,
    Span span,
    ChargeKind charge,
    Product product,
    String payer,
    String account,
    String resource,
    String commitment,
    Costs costs,
    Optional<Amount> committed,
    String currency,
    boolean isPart,
    boolean isInvoiced,
    Map<String, String> tags) {
  public BillLine {
    tags = Map.copyOf(tags);
  }
}
