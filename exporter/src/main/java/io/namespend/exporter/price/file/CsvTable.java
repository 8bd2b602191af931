package io.namespend.exporter.price.file;

import io.namespend.foundation.csv.Csv;
import io.namespend.foundation.csv.InvalidCsvException;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** CSV with a header, whose case does not matter, and comments. */
final class CsvTable {
  /**
   * A row.
   *
   * @param line its number in the file
   * @param fields by column name; what is empty is left out
   */
  record Row(int line, Map<String, String> fields) {}

  private CsvTable() {}

  /**
   * @throws InvalidSettingsException if the file is no CSV
   */
  static List<Row> read(Path file) throws IOException {
    try {
      return rows(lines(file.toString(), Files.readString(file)));
    } catch (CharacterCodingException e) {
      throw invalid(file.toString(), "is not UTF-8 text; save it as UTF-8");
    }
  }

  /**
   * @param name of what has this text, for messages
   * @param needed columns of its header
   * @throws InvalidSettingsException if the text is no CSV, or has not these columns
   */
  static List<Row> of(String name, String text, Set<String> needed) {
    List<Csv.Row> lines = lines(name, text);
    if (!header(lines).containsAll(needed)) {
      throw invalid(
          name, "has no header with " + String.join(" and ", new TreeSet<>(needed)) + "; check it");
    }
    return rows(lines);
  }

  private static List<String> header(List<Csv.Row> lines) {
    return lines.isEmpty()
        ? List.of()
        : lines.get(0).cells().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
  }

  private static List<Row> rows(List<Csv.Row> lines) {
    List<Row> rows = new ArrayList<>();
    List<String> header = header(lines);
    for (Csv.Row line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      rows.add(new Row(line.line(), named(header, line.cells())));
    }
    return rows;
  }

  private static List<Csv.Row> lines(String name, String text) {
    try {
      return Csv.readCommented(text);
    } catch (InvalidCsvException e) {
      throw invalid(name, "is no CSV: " + e.getMessage());
    }
  }

  private static InvalidSettingsException invalid(String name, String remedy) {
    return new InvalidSettingsException(name, List.of(new Problem("file", name, remedy)));
  }

  private static Map<String, String> named(List<String> header, List<String> cells) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i).strip();
      if (!cell.isEmpty()) {
        row.put(i < header.size() ? header.get(i) : "column " + (i + 1), cell);
      }
    }
    return row;
  }
}
