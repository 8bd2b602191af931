package io.namespend.reporter.finance;

import io.namespend.reporter.delivery.Letter;
import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.digest.TextTable;
import io.namespend.reporter.digest.TextTable.Align;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.StatementPart;
import io.namespend.reporter.statement.Subtotal;
import java.util.ArrayList;
import java.util.List;

/** A statement as a mail: subtotals and the total to read, and everything attached. */
public final class StatementLetter {
  private static final String PAGE =
      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"></head>"
          + "<body style=\"font:15px/1.5 system-ui,sans-serif;color:#1f2328\">%s</body></html>";

  private StatementLetter() {}

  public static Letter of(StatementPart part) {
    return new Letter(
        "%s, %s: %s"
            .formatted(
                StatementWords.title(part),
                StatementWords.period(part.statement().period()),
                StatementWords.amount(part.amount(), part.statement())),
        text(part),
        html(part),
        StatementFiles.of(part));
  }

  /** That a month cannot be stated yet, and why. */
  public static Letter waiting(Period period, List<String> reasons) {
    String subject =
        "Kubernetes cost statement, %s: not yet".formatted(StatementWords.period(period));
    String what = "The statement of %s waits for:".formatted(StatementWords.period(period));
    String then = "It is sent on the day that all of it is there. Nobody has to start it.";
    StringBuilder text = new StringBuilder(what + "\n\n");
    StringBuilder html = new StringBuilder("<p>%s</p><ul>".formatted(escaped(what)));
    for (String reason : reasons) {
      text.append("- %s\n".formatted(PlainText.printable(reason)));
      html.append("<li>%s</li>".formatted(escaped(reason)));
    }
    return new Letter(
        subject,
        text + "\n" + then + "\n",
        PAGE.formatted(html + "</ul><p>%s</p>".formatted(escaped(then))),
        List.of());
  }

  /** What the mail says, for a dry run as well. */
  public static String text(StatementPart part) {
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    rows(part).forEach(table::add);
    StringBuilder text =
        new StringBuilder(
            "%s, %s\n%s, %s\n\n%s\n"
                .formatted(
                    StatementWords.title(part),
                    StatementWords.period(part.statement().period()),
                    StatementWords.dates(part.statement().period()),
                    part.statement().status(),
                    StatementWords.amount(part.amount(), part.statement())));
    for (String note : StatementWords.notes(part)) {
      text.append("\n%s\n".formatted(PlainText.printable(note)));
    }
    return text + "\n" + table + "\n" + below(part) + "\n";
  }

  private static String html(StatementPart part) {
    StringBuilder html =
        new StringBuilder(
            "<h1 style=\"font-size:20px;margin:0\">%s</h1><p style=\"margin:0;color:#57606a\">%s</p>"
                .formatted(
                    escaped(StatementWords.title(part)),
                    escaped(
                        "%s: %s, %s"
                            .formatted(
                                StatementWords.period(part.statement().period()),
                                StatementWords.dates(part.statement().period()),
                                part.statement().status()))));
    html.append(
        "<p style=\"font-size:26px;margin:12px 0\">%s</p>"
            .formatted(escaped(StatementWords.amount(part.amount(), part.statement()))));
    for (String note : StatementWords.notes(part)) {
      html.append("<p style=\"color:#9a6700\">%s</p>".formatted(escaped(note)));
    }
    html.append("<table style=\"border-collapse:collapse\">");
    List<List<String>> rows = rows(part);
    for (int i = 0; i < rows.size(); i++) {
      html.append(row(rows.get(i), i == 0 || i == rows.size() - 1));
    }
    return PAGE.formatted(html + "</table><p>%s</p>".formatted(escaped(below(part))));
  }

  private static String row(List<String> cells, boolean bold) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      row.append(
          "<td style=\"padding:3px 12px 3px 0;border-bottom:1px solid #d0d7de;text-align:%s%s\">%s</td>"
              .formatted(
                  i < 2 ? "left" : "right", bold ? ";font-weight:600" : "", escaped(cells.get(i))));
    }
    return row + "</tr>";
  }

  private static List<List<String>> rows(StatementPart part) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Cost center", "Team", "Lines", "Direct", "Pool shares", "Amount"));
    for (Subtotal subtotal : Subtotal.byOwner(part.lines())) {
      rows.add(row(PlainText.printable(subtotal.costCenter()), subtotal));
    }
    rows.add(row("Total", new Subtotal("", "", part.lines())));
    return rows;
  }

  private static List<String> row(String first, Subtotal subtotal) {
    return List.of(
        first,
        PlainText.printable(subtotal.team()),
        String.valueOf(subtotal.lines().size()),
        StatementWords.digits(subtotal.direct()),
        StatementWords.digits(subtotal.pools()),
        StatementWords.digits(subtotal.amount()));
  }

  private static String below(StatementPart part) {
    return "Attached: all lines as CSV (to book), as XLSX and as PDF, and the subtotals as CSV."
        + " Each line has its audit key; \"namespend explain --audit-key KEY\" takes it"
        + " apart."
        + (part.team().isEmpty() ? "" : " These are the lines of this team only.");
  }

  private static String escaped(String text) {
    return PlainText.printable(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
