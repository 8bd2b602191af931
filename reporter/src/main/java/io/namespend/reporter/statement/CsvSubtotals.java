package io.namespend.reporter.statement;

import io.namespend.foundation.csv.Csv;
import java.util.List;

/** One row per cost center and team, then the total. A file of its own: no sum counts it twice. */
public final class CsvSubtotals {
  private static final List<String> COLUMNS =
      List.of(
          "period",
          "status",
          "cost_center",
          "team",
          "lines",
          "direct",
          "pools",
          "amount",
          "currency");

  private CsvSubtotals() {}

  public static String render(StatementPart part) {
    StringBuilder csv = new StringBuilder(Csv.row(COLUMNS));
    List<Subtotal> subtotals = Subtotal.byOwner(part.lines());
    subtotals.forEach(subtotal -> csv.append(row(part, subtotal.costCenter(), subtotal)));
    csv.append(row(part, "TOTAL", new Subtotal("", "", part.lines())));
    return csv.toString();
  }

  private static String row(StatementPart part, String costCenter, Subtotal subtotal) {
    Statement statement = part.statement();
    return Csv.row(
        List.of(
            statement.period().name(),
            statement.status(),
            Csv.guarded(costCenter),
            Csv.guarded(subtotal.team()),
            String.valueOf(subtotal.lines().size()),
            subtotal.direct().toPlainString(),
            subtotal.pools().toPlainString(),
            subtotal.amount().toPlainString(),
            Csv.guarded(statement.currency())));
  }
}
