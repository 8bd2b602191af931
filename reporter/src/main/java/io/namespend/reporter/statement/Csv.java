package io.namespend.reporter.statement;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe in front, and so
 * does text that begins with one: reading takes exactly one away.
 */
final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r\n'＝＋－＠";

  private Csv() {}

  /** A cell of text from outside. */
  static String guarded(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  static String unguarded(String cell) {
    return cell.length() > 1
            && cell.charAt(0) == '\''
            && FORMULA_STARTS.indexOf(cell.charAt(1)) >= 0
        ? cell.substring(1)
        : cell;
  }

  static String row(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(joining(",", "", "\r\n"));
  }

  /**
   * @return rows of cells; without blank lines
   * @throws IllegalArgumentException at a quote that is not closed
   */
  static List<Row> read(String text) {
    List<Row> rows = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inQuotes = false;
    int line = 1;
    int begin = 1;
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (int i = 0; i < content.length(); i++) {
      char character = content.charAt(i);
      if (character == '\n') {
        line++;
      }
      if (inQuotes) {
        if (character != '"') {
          cell.append(character);
        } else if (i + 1 < content.length() && content.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          inQuotes = false;
        }
      } else if (character == '"') {
        inQuotes = true;
      } else if (character == ',') {
        cells.add(take(cell));
      } else if (character == '\n') {
        end(rows, cells, cell, begin);
        begin = line;
      } else if (character != '\r') {
        cell.append(character);
      }
    }
    if (inQuotes) {
      throw new IllegalArgumentException("line %d: a quote is not closed".formatted(begin));
    }
    end(rows, cells, cell, begin);
    return rows;
  }

  private static void end(List<Row> rows, List<String> cells, StringBuilder cell, int line) {
    cells.add(take(cell));
    if (!cells.equals(List.of(""))) {
      rows.add(new Row(line, cells));
    }
    cells.clear();
  }

  private static String take(StringBuilder cell) {
    String text = cell.toString();
    cell.setLength(0);
    return text;
  }

  private static String quoted(String cell) {
    boolean isPlain = cell.chars().noneMatch(character -> "\",;'\t\r\n".indexOf(character) >= 0);
    return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /**
   * A record of the file.
   *
   * @param line where it begins, from 1
   */
  record Row(int line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }
}
