package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.CustomerEntry;
import io.namespend.exporter.policy.Customers;
import io.namespend.exporter.policy.pool.ServiceCost.Period;
import io.namespend.exporter.settings.LabelValue;
import io.namespend.foundation.csv.Csv;
import io.namespend.foundation.csv.InvalidCsvException;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.YamlFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Reads the list of customers: CSV with a header, a line for each customer and range of time. */
final class DirectoryReader {
  private static final List<String> COLUMNS =
      List.of("id", "name", "tier", "revenue_monthly", "weight", "valid_from", "valid_until");

  private static final int MOST_ROWS = 20_000;

  /** Enough to see what is wrong, and still to read the other errors of the policy. */
  private static final int MOST_PROBLEMS = 20;

  private final String key;
  private final List<Problem> problems;
  private final List<Problem> own = new ArrayList<>();

  /**
   * @param key of the policy file that names the list
   */
  DirectoryReader(String key, List<Problem> problems) {
    this.key = key;
    this.problems = problems;
  }

  List<CustomerEntry> read(Path file) {
    List<CustomerEntry> entries = new ArrayList<>();
    try {
      entries.addAll(rows(file));
    } catch (InvalidSettingsException e) {
      problems.add(
          new Problem(key, file.toString(), "cannot be read, or is larger than 1 MiB; check it"));
    } catch (CharacterCodingException e) {
      problems.add(new Problem(key, file.toString(), "is not UTF-8 text; save it as UTF-8"));
    } catch (InvalidCsvException e) {
      problems.add(new Problem(key, file.toString(), "is no CSV: " + e.getMessage()));
    }
    problems.addAll(own.subList(0, Math.min(own.size(), MOST_PROBLEMS)));
    if (own.size() > MOST_PROBLEMS) {
      problems.add(
          new Problem(
              key,
              file.toString(),
              "has %d more errors; correct those above first"
                  .formatted(own.size() - MOST_PROBLEMS)));
    }
    return entries;
  }

  private List<CustomerEntry> rows(Path file) throws CharacterCodingException {
    String text =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(YamlFile.content(file)))
            .toString();
    List<Csv.Row> lines = Csv.readCommented(text);
    if (lines.isEmpty()) {
      own.add(new Problem(key, file.toString(), "is empty; write at least the header with id"));
      return List.of();
    }
    if (lines.size() > MOST_ROWS + 1) {
      own.add(
          new Problem(
              key, file.toString(), "has more than %,d lines; write fewer".formatted(MOST_ROWS)));
      return List.of();
    }
    Map<String, Integer> columns = columns(file, lines.get(0));
    Map<String, List<Line>> byId = new LinkedHashMap<>();
    for (Csv.Row line : lines.subList(1, lines.size())) {
      entry(columns, line)
          .ifPresent(
              entry ->
                  byId.computeIfAbsent(entry.id(), id -> new ArrayList<>())
                      .add(new Line(line.line(), entry)));
    }
    byId.values().forEach(this::refuseOverlaps);
    return byId.values().stream().flatMap(Collection::stream).map(Line::entry).toList();
  }

  /** An entry and where it is. */
  private record Line(int number, CustomerEntry entry) {}

  private Map<String, Integer> columns(Path file, Csv.Row header) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.cells().size(); i++) {
      String name = header.cells().get(i).strip().toLowerCase(Locale.ROOT);
      if (!COLUMNS.contains(name)) {
        own.add(
            new Problem(
                key + " line " + header.line(),
                name,
                "is no column; write " + String.join(", ", COLUMNS)));
      } else if (columns.put(name, i) != null) {
        own.add(new Problem(key + " line " + header.line(), name, "is there twice; write it once"));
      }
    }
    if (!columns.containsKey("id")) {
      own.add(new Problem(key, file.toString(), "has no column id; write a header with it"));
    }
    return columns;
  }

  private Optional<CustomerEntry> entry(Map<String, Integer> columns, Csv.Row line) {
    int before = own.size();
    Cells cells = new Cells(columns, line);
    Optional<String> id = cells.parsed("id", DirectoryReader::id);
    if (columns.containsKey("id") && cells.text("id").isEmpty()) {
      own.add(new Problem(cells.at("id"), "", "is missing; write the ID of the customer"));
    }
    String name = cells.parsed("name", LabelValue::parse).orElse("");
    String tier = cells.parsed("tier", LabelValue::parse).orElse("");
    Optional<Double> revenue = cells.parsed("revenue_monthly", DirectoryReader::amount);
    double weight = cells.parsed("weight", DirectoryReader::amount).orElse(1.0);
    Instant from = cells.parsed("valid_from", Moments::moment).orElse(Instant.MIN);
    Instant until = cells.parsed("valid_until", Moments::moment).orElse(Instant.MAX);
    if (!from.isBefore(until)) {
      own.add(
          new Problem(
              cells.at("valid_until"),
              cells.text("valid_until"),
              "must be after valid_from; it is exclusive"));
    }
    return own.size() > before
        ? Optional.empty()
        : id.map(
            known ->
                new CustomerEntry(
                    known,
                    name,
                    tier,
                    revenue.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                    weight,
                    new Period(from, until)));
  }

  private void refuseOverlaps(List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort((a, b) -> a.entry().valid().from().compareTo(b.entry().valid().from()));
    for (int i = 1; i < sorted.size(); i++) {
      Line before = sorted.get(i - 1);
      Line line = sorted.get(i);
      if (line.entry().valid().from().isBefore(before.entry().valid().until())) {
        own.add(
            new Problem(
                "%s line %d, id".formatted(key, line.number()),
                line.entry().id(),
                "is valid at the same time as line %d; write valid_from and valid_until"
                    .formatted(before.number())));
      }
    }
  }

  private static String id(String text) {
    String id = LabelValue.parse(text);
    if (Customers.isReserved(id)) {
      throw new IllegalArgumentException(
          "is the name of a rest that is no customer; write another");
    }
    return id;
  }

  private static double amount(String text) {
    try {
      double amount = Double.parseDouble(text);
      if (amount >= 0 && amount <= Money.MOST) {
        return amount;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("write an amount such as 5000 or 49.90", e);
    }
    throw new IllegalArgumentException("write an amount from 0 to 1000000000000");
  }

  /** The cells of a line by their columns. */
  private final class Cells {
    private final Map<String, Integer> columns;
    private final Csv.Row line;

    Cells(Map<String, Integer> columns, Csv.Row line) {
      this.columns = columns;
      this.line = line;
    }

    String text(String column) {
      Integer at = columns.get(column);
      return at == null || at >= line.cells().size() ? "" : line.cells().get(at).strip();
    }

    String at(String column) {
      return "%s line %d, %s".formatted(key, line.line(), column);
    }

    <T> Optional<T> parsed(String column, Function<String, T> parse) {
      String text = text(column);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(parse.apply(text));
      } catch (IllegalArgumentException e) {
        own.add(new Problem(at(column), text, String.valueOf(e.getMessage())));
        return Optional.empty();
      }
    }
  }
}
