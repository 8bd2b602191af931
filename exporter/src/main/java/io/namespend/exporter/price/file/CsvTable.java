package io.namespend.exporter.price.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads CSV with a header, whose case does not matter. Fields may be quoted with {@code "}, doubled
 * inside a quoted field; lines that begin with {@code #} are comments. A field does not span lines.
 */
final class CsvTable {
  /**
   * A row.
   *
   * @param line its number in the file
   * @param fields by column name; what is empty is left out
   */
  record Row(int line, Map<String, String> fields) {}

  private CsvTable() {}

  static List<Row> read(List<String> lines) {
    List<Row> rows = new ArrayList<>();
    List<String> header = List.of();
    for (int i = 0; i < lines.size(); i++) {
      // Spreadsheets may begin a file with a byte order mark.
      String line = i == 0 ? lines.get(i).replaceFirst("^\\uFEFF", "") : lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> fields = fields(line);
      if (header.isEmpty()) {
        header = fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      } else {
        rows.add(new Row(i + 1, named(header, fields)));
      }
    }
    return rows;
  }

  private static Map<String, String> named(List<String> header, List<String> fields) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).isEmpty()) {
        row.put(i < header.size() ? header.get(i) : "column " + (i + 1), fields.get(i));
      }
    }
    return row;
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }
}
