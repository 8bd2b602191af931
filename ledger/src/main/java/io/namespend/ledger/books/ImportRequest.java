package io.namespend.ledger.books;

import io.namespend.ledger.export.Export;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A bill to import.
 *
 * @param source what to call it
 * @param amortized Azure's amortized export of the same month, if the other is its actual one
 * @param month lines of other months are left out
 * @param invoiceTotal what the invoice says, to the cent
 * @param acceptPartial whether a month that is over may end early
 * @param acceptOlder whether the version may be older than the one in the books
 * @param acceptUnbalanced whether commitments need not add up
 */
public record ImportRequest(
    String source,
    Export export,
    Optional<Export> amortized,
    Optional<YearMonth> month,
    Optional<BigDecimal> invoiceTotal,
    boolean acceptPartial,
    boolean acceptOlder,
    boolean acceptUnbalanced) {
  /** The bill alone, with every check. */
  public static ImportRequest of(String source, Export export) {
    return new ImportRequest(
        source, export, Optional.empty(), Optional.empty(), Optional.empty(), false, false, false);
  }
}
