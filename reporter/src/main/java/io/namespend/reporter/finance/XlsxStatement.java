package io.namespend.reporter.finance;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.statement.CannotStateException;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.LineKey;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementPart;
import io.namespend.reporter.statement.Subtotal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A statement as a workbook of two sheets: subtotals, and all lines as a plain table to filter and
 * pivot. Amounts are numbers, not formulas: previews in mail programs and on phones calculate
 * nothing. Text is never a formula, whatever it begins with.
 */
public final class XlsxStatement {
  private static final String HEAD_COLOR = "F3F4F6";
  private static final int LONGEST_CELL = 32_000;

  /** Beside those that are always empty in a statement of a single cluster, as in CSV. */
  private static final List<String> COLUMNS =
      List.of(
          "Cost center",
          "Team",
          "Environment",
          "Cluster",
          "Namespace",
          "Resource",
          "Pool",
          "Quantity",
          "Unit",
          "Unit price",
          "Amount",
          "Currency",
          "GL account",
          "Method",
          "Coverage",
          "Usage measured",
          "Audit key");

  private static final List<Integer> WIDTHS =
      List.of(14, 18, 14, 14, 24, 14, 14, 16, 13, 16, 14, 9, 12, 18, 10, 15, 90);

  private final StatementPart part;
  private final Statement statement;
  private final String money;

  private XlsxStatement(StatementPart part) {
    this.part = part;
    this.statement = part.statement();
    int decimals = part.amount().scale();
    this.money = decimals == 0 ? "#,##0" : "#,##0." + "0".repeat(decimals);
  }

  public static byte[] render(StatementPart part) {
    if (part.lines().size() >= Worksheet.MAX_ROWS) {
      throw new CannotStateException(
          "%d lines do not fit a sheet, which has %d; use CSV"
              .formatted(part.lines().size(), Worksheet.MAX_ROWS));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Namespend", null)) {
      XlsxStatement statement = new XlsxStatement(part);
      workbook.properties().setTitle(printable(StatementWords.title(part)));
      statement.addSubtotals(workbook.newWorksheet("Subtotals"));
      statement.addLines(workbook.newWorksheet("Lines"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void addSubtotals(Worksheet sheet) {
    sheet.hideGridLines();
    sheet.pageOrientation("portrait");
    sheet.setFitToPage(true);
    sheet.fitToHeight((short) 0);
    widths(sheet, List.of(22, 28, 9, 16, 16, 18));
    int row = 0;
    text(sheet, row, 0, StatementWords.title(part));
    sheet.style(row++, 0).bold().fontSize(16).set();
    text(
        sheet,
        row++,
        0,
        "%s: %s"
            .formatted(
                StatementWords.period(statement.period()),
                StatementWords.dates(statement.period())));
    text(
        sheet,
        row++,
        0,
        "Status: %s. Currency: %s. Rules: %s."
            .formatted(statement.status(), statement.currency(), statement.rules()));
    for (String note : StatementWords.notes(part)) {
      text(sheet, row, 0, note);
      sheet.style(row++, 0).fontColor("9A6700").set();
    }
    row++;
    head(
        sheet,
        row++,
        List.of("Cost center", "Team", "Lines", "Direct", "Pool shares", "Amount"),
        2);
    for (Subtotal subtotal : Subtotal.byOwner(part.lines())) {
      subtotal(sheet, row++, subtotal.costCenter(), subtotal.team(), subtotal);
    }
    total(sheet, row++);
    Map<String, List<Line>> accounts = byAccount(part.lines());
    if (accounts.size() > 1 || !accounts.containsKey("")) {
      row++;
      head(sheet, row++, List.of("GL account", "", "Lines", "Direct", "Pool shares", "Amount"), 2);
      for (Map.Entry<String, List<Line>> account : accounts.entrySet()) {
        subtotal(
            sheet,
            row++,
            account.getKey().isEmpty() ? "(none)" : account.getKey(),
            "",
            new Subtotal("", "", account.getValue()));
      }
      total(sheet, row);
    }
  }

  private void total(Worksheet sheet, int row) {
    subtotal(sheet, row, "Total", "", new Subtotal("", "", part.lines()));
    sheet.range(row, 0, row, 5).style().bold().borderStyle("thin").set();
    // The style of a range replaces what its cells had.
    sheet.range(row, 3, row, 5).style().format(money).set();
  }

  private void subtotal(Worksheet sheet, int row, String first, String second, Subtotal subtotal) {
    text(sheet, row, 0, first);
    text(sheet, row, 1, second);
    sheet.value(row, 2, subtotal.lines().size());
    number(sheet, row, 3, subtotal.direct(), money);
    number(sheet, row, 4, subtotal.pools(), money);
    number(sheet, row, 5, subtotal.amount(), money);
  }

  private void addLines(Worksheet sheet) {
    sheet.pageOrientation("landscape");
    sheet.setFitToPage(true);
    sheet.fitToHeight((short) 0);
    sheet.repeatRows(0);
    widths(sheet, WIDTHS);
    head(sheet, 0, COLUMNS, COLUMNS.size());
    int row = 1;
    for (Line line : part.lines()) {
      LineKey key = line.key();
      List<String> owner =
          List.of(
              key.owner().costCenter(),
              key.owner().team(),
              key.owner().environment(),
              key.cluster(),
              key.namespace(),
              key.item().resource(),
              key.item().pool());
      for (int column = 0; column < owner.size(); column++) {
        text(sheet, row, column, owner.get(column));
      }
      number(sheet, row, 7, line.quantity().value(), "#,##0.000");
      text(sheet, row, 8, line.quantity().unit());
      number(sheet, row, 9, line.quantity().unitPrice(), "0.00000000");
      number(sheet, row, 10, line.amount(), money);
      text(sheet, row, 11, statement.currency());
      text(sheet, row, 12, line.glAccount());
      text(sheet, row, 13, line.method());
      number(sheet, row, 14, statement.coverageOf(line), "0.00%");
      Optional<BigDecimal> measured = statement.usageMeasured(line);
      if (measured.isPresent()) {
        number(sheet, row, 15, measured.get(), "0.00%");
      }
      text(sheet, row, 16, line.auditKey());
      row++;
    }
    sheet.setAutoFilter(0, 0, Math.max(row - 1, 0), COLUMNS.size() - 1);
    sheet.freezePane(0, 1);
  }

  private static Map<String, List<Line>> byAccount(List<Line> lines) {
    Map<String, List<Line>> accounts = new LinkedHashMap<>();
    lines.stream()
        .sorted((one, two) -> one.glAccount().compareTo(two.glAccount()))
        .forEach(
            line -> accounts.computeIfAbsent(line.glAccount(), key -> new ArrayList<>()).add(line));
    return accounts;
  }

  private static void head(Worksheet sheet, int row, List<String> names, int left) {
    for (int column = 0; column < names.size(); column++) {
      sheet.value(row, column, names.get(column));
      sheet
          .style(row, column)
          .bold()
          .fillColor(HEAD_COLOR)
          .horizontalAlignment(column < left ? "left" : "right")
          .set();
    }
  }

  private static void widths(Worksheet sheet, List<Integer> widths) {
    for (int column = 0; column < widths.size(); column++) {
      sheet.width(column, widths.get(column));
    }
  }

  private static void number(
      Worksheet sheet, int row, int column, BigDecimal value, String format) {
    sheet.value(row, column, value);
    sheet.style(row, column).format(format).set();
  }

  private static void text(Worksheet sheet, int row, int column, String text) {
    if (!text.isEmpty()) {
      sheet.value(row, column, printable(text));
    }
  }

  private static String printable(String text) {
    String printable = PlainText.printable(text);
    return printable.length() <= LONGEST_CELL ? printable : printable.substring(0, LONGEST_CELL);
  }
}
