package io.namespend.reporter.digest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns as wide as their widest cell, two spaces apart. */
public final class TextTable {
  public enum Align {
    LEFT,
    RIGHT
  }

  private final List<Align> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(Align... columns) {
    this.columns = Arrays.asList(columns.clone());
  }

  public void add(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.size(), columns.size()));
    }
    rows.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, widths.length)
                    .filter(column -> widths[column] > 0)
                    .mapToObj(column -> pad(row.get(column), widths[column], columns.get(column)))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String pad(String cell, int width, Align align) {
    String space = " ".repeat(width - width(cell));
    return align == Align.LEFT ? cell + space : space + cell;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
