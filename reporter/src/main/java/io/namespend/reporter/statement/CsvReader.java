package io.namespend.reporter.statement;

import java.util.ArrayList;
import java.util.List;

/** Reads RFC 4180, and what spreadsheets make of it: byte order mark, line feeds, blank lines. */
final class CsvReader {
  private final String text;
  private final List<Row> rows = new ArrayList<>();
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private int next;
  private int line = 1;
  private int begin = 1;

  private CsvReader(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * @return rows of cells; without blank lines
   * @throws IllegalArgumentException at a quote that is not closed
   */
  static List<Row> read(String text) {
    return new CsvReader(text).read();
  }

  private List<Row> read() {
    while (next < text.length()) {
      char character = text.charAt(next++);
      switch (character) {
        case '"' -> readQuoted();
        case ',' -> endCell();
        case '\n' -> {
          line++;
          endRow();
        }
        case '\r' -> {
          // Belongs to the line feed that follows.
        }
        default -> cell.append(character);
      }
    }
    endRow();
    return rows;
  }

  private void readQuoted() {
    while (next < text.length()) {
      char character = text.charAt(next++);
      if (character == '"' && (next == text.length() || text.charAt(next) != '"')) {
        return;
      }
      if (character == '"') {
        next++;
      }
      if (character == '\n') {
        line++;
      }
      cell.append(character);
    }
    throw new IllegalArgumentException("line %d: a quote is not closed".formatted(begin));
  }

  private void endCell() {
    cells.add(cell.toString());
    cell.setLength(0);
  }

  private void endRow() {
    endCell();
    if (!cells.equals(List.of(""))) {
      rows.add(new Row(begin, cells));
    }
    cells.clear();
    begin = line;
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
