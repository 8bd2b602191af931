package io.namespend.exporter.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, at most 100 characters wide where the cells allow it. */
final class Columns {
  static final int WIDTH = 100;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param cells as many in each row
   */
  void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** Nothing if there are no rows but the heading. */
  static String withHeading(List<String> heading, List<List<String>> rows) {
    Columns columns = new Columns();
    columns.rows.add(heading);
    columns.rows.addAll(rows);
    return rows.isEmpty() ? "" : columns + "\n";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size() - 1; column++) {
        line.append(row.get(column))
            .append(" ".repeat(width(column) - row.get(column).length()))
            .append(GAP);
      }
      int indent = line.length();
      text.append(wrapped(line + row.get(row.size() - 1), indent).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Breaks a line at blanks so that it fits, and indents what follows. */
  static String wrapped(String line, int indent) {
    int end = line.length() <= WIDTH ? -1 : line.lastIndexOf(' ', WIDTH);
    if (end <= indent) {
      return line;
    }
    return line.substring(0, end)
        + "\n"
        + wrapped(" ".repeat(indent) + line.substring(end + 1), indent);
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
