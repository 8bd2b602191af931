package io.namespend.foundation.csv;

import static java.util.stream.Collectors.joining;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 4180, and what spreadsheets make of it: byte order mark, line feeds, blank lines. */
public final class Csv {
  private static final String FORMULA_STARTS = "=+-@|%＝＋－＠";

  /** A record of its own, unless a quote before it is still open, which FastCSV does not tell. */
  private static final String END = "\uE000";

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private Csv() {}

  /**
   * A record.
   *
   * @param line where it begins, from 1
   */
  public record Row(int line, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * @return all but blank lines
   * @throws InvalidCsvException at a quote that is not closed, or text behind one that is
   */
  public static List<Row> read(String text) {
    return read(text, CommentStrategy.NONE);
  }

  /** Like {@link #read}, but lines that begin with {@code #} are comments. */
  public static List<Row> readCommented(String text) {
    return read(text, CommentStrategy.SKIP);
  }

  private static List<Row> read(String text, CommentStrategy comments) {
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Row> rows = new ArrayList<>();
    try {
      CsvReader.builder()
          .commentStrategy(comments)
          .trimWhitespacesAroundQuotes(true)
          .allowMissingFields(true)
          .allowExtraFields(true)
          .ofCsvRecord(content + "\n" + END)
          .forEach(row -> rows.add(new Row((int) row.getStartingLineNumber(), row.getFields())));
    } catch (CsvParseException e) {
      Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
      throw new InvalidCsvException(
          line.find() ? line.group(1) : "?", Optional.ofNullable(e.getCause()).orElse(e));
    }
    Row last = rows.remove(rows.size() - 1);
    if (!last.cells().equals(List.of(END))) {
      throw new InvalidCsvException(String.valueOf(last.line()), "a quote is not closed");
    }
    rows.removeIf(row -> row.cells().size() == 1 && row.cells().get(0).isBlank());
    return rows;
  }

  /** With the end of the line. */
  public static String row(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(joining(",", "", "\r\n"));
  }

  /**
   * A cell of text from outside. What a spreadsheet would take for a formula gets an apostrophe in
   * front, and so does text that begins with one: {@link #unguarded} takes exactly one away.
   */
  public static String guarded(String text) {
    return needsGuard(text) ? "'" + text : text;
  }

  /** What {@link #guarded} was given. */
  public static String unguarded(String cell) {
    return cell.startsWith("'") && needsGuard(cell.substring(1)) ? cell.substring(1) : cell;
  }

  private static boolean needsGuard(String text) {
    String visible = text.stripLeading();
    return text.startsWith("'")
        || text.startsWith("\t")
        || text.startsWith("\r")
        || text.startsWith("\n")
        || (!visible.isEmpty() && FORMULA_STARTS.indexOf(visible.charAt(0)) >= 0);
  }

  /** Also where only some spreadsheets split or trim. */
  private static String quoted(String cell) {
    boolean isPlain =
        cell.equals(cell.strip())
            && cell.chars().noneMatch(character -> "\",;'\t\r\n".indexOf(character) >= 0);
    return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
