package io.namespend.reporter.finance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.reporter.delivery.Letter;
import io.namespend.reporter.statement.CsvStatement;
import io.namespend.reporter.statement.CsvSubtotals;
import io.namespend.reporter.statement.StatementPart;
import java.util.List;

/** A statement in every form that is kept or sent. */
final class StatementFiles {
  private StatementFiles() {}

  /** The CSV first: what is booked. */
  static List<Letter.Attachment> of(StatementPart part) {
    String name = StatementWords.fileName(part);
    return List.of(
        new Letter.Attachment(name + ".csv", "text/csv", CsvStatement.render(part).getBytes(UTF_8)),
        new Letter.Attachment(
            name + "-subtotals.csv", "text/csv", CsvSubtotals.render(part).getBytes(UTF_8)),
        new Letter.Attachment(
            name + ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            XlsxStatement.render(part)),
        new Letter.Attachment(name + ".pdf", "application/pdf", PdfStatement.render(part)));
  }
}
