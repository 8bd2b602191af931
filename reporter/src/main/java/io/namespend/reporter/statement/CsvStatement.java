package io.namespend.reporter.statement;

import static java.util.stream.Collectors.joining;

import io.namespend.foundation.csv.Csv;
import java.math.BigDecimal;
import java.util.List;

/** RFC 4180 with a header; every line says for itself what it belongs to. */
public final class CsvStatement {
  static final List<String> COLUMNS =
      List.of(
          "period",
          "period_start",
          "period_end",
          "status",
          "charge_class",
          "cost_center",
          "team",
          "environment",
          "cluster",
          "namespace",
          "resource",
          "pool",
          "quantity",
          "unit",
          "unit_price",
          "amount",
          "currency",
          "gl_account",
          "method",
          "coverage",
          "usage_measured",
          "audit_key");

  private CsvStatement() {}

  public static String render(Statement statement) {
    return render(StatementPart.whole(statement));
  }

  public static String render(StatementPart part) {
    return Csv.row(COLUMNS)
        + part.lines().stream()
            .map(line -> Csv.row(cells(part.statement(), line)))
            .collect(joining());
  }

  private static List<String> cells(Statement statement, Line line) {
    LineKey key = line.key();
    return List.of(
        statement.period().name(),
        statement.period().start().toString(),
        statement.period().until().toString(),
        statement.status(),
        statement.corrects().isPresent() ? "Correction" : "",
        Csv.guarded(key.owner().costCenter()),
        Csv.guarded(key.owner().team()),
        Csv.guarded(key.owner().environment()),
        Csv.guarded(key.cluster()),
        Csv.guarded(key.namespace()),
        Csv.guarded(key.item().resource()),
        Csv.guarded(key.item().pool()),
        line.quantity().value().toPlainString(),
        line.quantity().unit(),
        line.quantity().unitPrice().toPlainString(),
        line.amount().toPlainString(),
        Csv.guarded(statement.currency()),
        Csv.guarded(line.glAccount()),
        Csv.guarded(line.method()),
        statement.coverageOf(line).toPlainString(),
        statement.usageMeasured(line).map(BigDecimal::toPlainString).orElse(""),
        Csv.guarded(line.auditKey()));
  }
}
