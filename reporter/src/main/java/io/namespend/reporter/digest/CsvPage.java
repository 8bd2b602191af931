package io.namespend.reporter.digest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/** All namespaces of a brief, for a spreadsheet. */
public final class CsvPage {
  private CsvPage() {}

  /** Lines end as RFC 4180 has it; amounts have two decimals and no separators. */
  public static String render(Brief brief) {
    StringBuilder csv = new StringBuilder("cluster,namespace,currency,cost,cost_week_before\r\n");
    for (NamespaceCost row : brief.namespaces()) {
      csv.append(
          List.of(
                  cell(row.cluster()),
                  cell(row.namespace()),
                  cell(brief.currencies().current()),
                  amount(row.cost().cost()),
                  amount(row.cost().before()))
              .stream()
              .collect(Collectors.joining(",", "", "\r\n")));
    }
    return csv.toString();
  }

  /** What a spreadsheet would take for a formula begins with a quote. */
  static String cell(String text) {
    String plain = PlainText.printable(text);
    String harmless = plain.matches("^\\s*[=+\\-@|%].*") ? "'" + plain : plain;
    return harmless.matches(".*[\",;'].*|^\\s.*|.*\\s$")
        ? "\"" + harmless.replace("\"", "\"\"") + "\""
        : harmless;
  }

  private static String amount(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
