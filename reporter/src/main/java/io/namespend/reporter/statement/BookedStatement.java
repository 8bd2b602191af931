package io.namespend.reporter.statement;

import io.namespend.foundation.csv.Csv;
import io.namespend.foundation.csv.InvalidCsvException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was booked for a period: a statement as CSV, and corrections that followed it. */
public final class BookedStatement {
  private static final List<String> NEEDED =
      List.of(
          "period",
          "status",
          "cost_center",
          "team",
          "environment",
          "cluster",
          "namespace",
          "resource",
          "pool",
          "amount",
          "currency",
          "gl_account");

  private final Map<BookedKey, BigDecimal> amounts = new TreeMap<>();

  /**
   * Adds a file.
   *
   * @throws CannotStateException if it is no final statement of the period; the message says why
   */
  public void add(String file, String csv, Statement now) {
    List<Csv.Row> rows;
    try {
      rows = Csv.read(csv);
    } catch (InvalidCsvException e) {
      throw invalid(file, String.valueOf(e.getMessage()));
    }
    List<String> header = rows.isEmpty() ? List.of() : rows.get(0).cells();
    List<String> missing = new ArrayList<>(NEEDED);
    missing.removeAll(header);
    if (!missing.isEmpty()) {
      throw invalid(file, "its header has no " + String.join(", ", missing));
    }
    for (Csv.Row row : rows.subList(1, rows.size())) {
      if (row.cells().size() != header.size()) {
        throw invalid(
            file,
            "line %d has %d cells, its header %d"
                .formatted(row.line(), row.cells().size(), header.size()));
      }
      Map<String, String> cells = new HashMap<>();
      for (int i = 0; i < header.size(); i++) {
        cells.put(header.get(i), Csv.unguarded(row.cells().get(i)));
      }
      add(file, row.line(), cells, now);
    }
  }

  /**
   * What is left to book, so that with what was booked it is the statement.
   *
   * @throws CannotStateException if the statement is not final
   */
  public Statement corrections(Statement now) {
    if (now.period().isOpen()) {
      throw new CannotStateException(
          "%s is not over, so nothing of it can have been booked; omit --previous"
              .formatted(now.period().name()));
    }
    Map<BookedKey, Line> lines = new TreeMap<>();
    now.lines().forEach(line -> lines.put(new BookedKey(line.key(), line.glAccount()), line));
    Map<BookedKey, BigDecimal> differences = new TreeMap<>();
    lines.forEach((key, line) -> differences.put(key, line.amount()));
    amounts.forEach((key, amount) -> differences.merge(key, amount.negate(), BigDecimal::add));
    List<Line> corrections = new ArrayList<>();
    differences.forEach(
        (key, difference) -> {
          if (difference.signum() != 0) {
            corrections.add(correction(key, difference, lines.get(key), now));
          }
        });
    BigDecimal booked = amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Statement(
        now.period(),
        now.currency(),
        now.whole(),
        now.total(),
        corrections,
        now.coverage(),
        now.usageMeasured(),
        now.nodeGroups(),
        now.rules(),
        Optional.of(booked.setScale(now.total().scale())),
        now.warnings());
  }

  private static Line correction(
      BookedKey key, BigDecimal difference, @Nullable Line line, Statement now) {
    return new Line(
        key.line(),
        difference,
        difference,
        Quantity.of(BigDecimal.ZERO, "", difference),
        BigDecimal.ZERO,
        key.glAccount(),
        line == null ? "correction" : line.method(),
        new AuditKey(now.period().name(), key.line(), now.rules()).text());
  }

  private void add(String file, int line, Map<String, String> cells, Statement now) {
    require(file, line, cells, "period", now.period().name());
    require(file, line, cells, "status", "final");
    require(file, line, cells, "currency", now.currency());
    String cluster = cells.getOrDefault("cluster", "");
    if (!now.coverage().containsKey(cluster)) {
      throw invalid(
          file,
          "line %d is of cluster \"%s\", which this statement excludes; use the same --cluster"
                  .formatted(line, cluster)
              + " as then");
    }
    try {
      LineKey key =
          new LineKey(
              new Owner(
                  cells.getOrDefault("cost_center", ""),
                  cells.getOrDefault("team", ""),
                  cells.getOrDefault("environment", "")),
              cluster,
              cells.getOrDefault("namespace", ""),
              new Item(cells.getOrDefault("resource", ""), cells.getOrDefault("pool", "")));
      BigDecimal amount =
          new BigDecimal(cells.getOrDefault("amount", "")).setScale(now.total().scale());
      amounts.merge(
          new BookedKey(key, cells.getOrDefault("gl_account", "")), amount, BigDecimal::add);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(
          file,
          "line %d has the amount \"%s\" for resource \"%s\", pool \"%s\"; an amount has %d decimals, and a"
                  .formatted(
                      line,
                      cells.get("amount"),
                      cells.get("resource"),
                      cells.get("pool"),
                      now.total().scale())
              + " line either a resource or a pool");
    }
  }

  private static void require(
      String file, int line, Map<String, String> cells, String column, String value) {
    if (!value.equals(cells.get(column))) {
      throw invalid(
          file,
          "line %d has the %s \"%s\", not \"%s\""
              .formatted(line, column, cells.get(column), value));
    }
  }

  private static CannotStateException invalid(String file, String why) {
    return new CannotStateException(
        "%s is not a statement to correct: %s; give the CSV file that was booked"
            .formatted(file, why));
  }

  private record BookedKey(LineKey line, String glAccount) implements Comparable<BookedKey> {
    @Override
    public int compareTo(BookedKey other) {
      int order = line.compareTo(other.line);
      return order != 0 ? order : glAccount.compareTo(other.glAccount);
    }
  }
}
