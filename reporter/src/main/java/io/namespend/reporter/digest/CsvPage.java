package io.namespend.reporter.digest;

import io.namespend.foundation.csv.Csv;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** All namespaces of a brief, for a spreadsheet. */
public final class CsvPage {
  private CsvPage() {}

  /** Amounts have two decimals and no separators. */
  public static String render(Brief brief) {
    StringBuilder csv =
        new StringBuilder(
            Csv.row(List.of("cluster", "namespace", "currency", "cost", "cost_week_before")));
    for (NamespaceCost row : brief.namespaces()) {
      csv.append(
          Csv.row(
              List.of(
                  cell(row.cluster()),
                  cell(row.namespace()),
                  cell(brief.currencies().current()),
                  amount(row.cost().cost()),
                  amount(row.cost().before()))));
    }
    return csv.toString();
  }

  private static String cell(String text) {
    return Csv.guarded(PlainText.printable(text));
  }

  private static String amount(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
