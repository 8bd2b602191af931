package io.namespend.reporter.statement;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe in front, and so
 * does text that begins with one: {@link CsvReader} takes exactly one away.
 */
final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r\n'＝＋－＠";

  private Csv() {}

  /** A cell of text from outside. */
  static String guarded(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** What {@link #guarded} was given. */
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

  private static String quoted(String cell) {
    boolean isPlain = cell.chars().noneMatch(character -> "\",;'\t\r\n".indexOf(character) >= 0);
    return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
