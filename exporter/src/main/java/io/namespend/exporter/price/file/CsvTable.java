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
    List<Csv.Row> lines = lines(file);
    List<Row> rows = new ArrayList<>();
    List<String> header =
        lines.isEmpty()
            ? List.of()
            : lines.get(0).cells().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    for (Csv.Row line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      rows.add(new Row(line.line(), named(header, line.cells())));
    }
    return rows;
  }

  private static List<Csv.Row> lines(Path file) throws IOException {
    try {
      return Csv.readCommented(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw invalid(file, "is not UTF-8 text; save it as UTF-8");
    } catch (InvalidCsvException e) {
      throw invalid(file, "is no CSV: " + e.getMessage());
    }
  }

  private static InvalidSettingsException invalid(Path file, String remedy) {
    return new InvalidSettingsException(
        file.toString(), List.of(new Problem("file", file.toString(), remedy)));
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
