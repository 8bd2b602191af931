package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A table in the jar: one row an item, one column a region. {@code exporter/prices/PriceTable.java}
 * writes them.
 */
final class PriceTable implements ItemPrices {
  private static final List<String> SPECIFICATION = List.of("vcpu", "memory_gib", "gpus");

  private final Map<String, Integer> columns = new HashMap<>();
  private final Map<String, String[]> rows = new HashMap<>();

  PriceTable(String file) {
    var stream = Objects.requireNonNull(PriceTable.class.getResourceAsStream(file), file);
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<String[]> table =
          reader
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(",", -1))
              .toList();
      String[] header = table.get(0);
      for (int column = 1; column < header.length; column++) {
        columns.put(header[column], column);
      }
      table.stream().skip(1).forEach(row -> rows.put(row[0], row));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public OptionalDouble price(String item, String place) {
    String[] row = rows.get(item);
    Integer column = columns.get(place);
    return row == null || column == null || row[column].isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(row[column]));
  }

  /** What an instance type has, where the table tells. */
  Optional<Resources> resources(String instanceType) {
    String[] row = rows.get(instanceType);
    int[] cells = SPECIFICATION.stream().mapToInt(name -> columns.getOrDefault(name, -1)).toArray();
    return row == null || Arrays.stream(cells).anyMatch(c -> c < 0 || row[c].isEmpty())
        ? Optional.empty()
        : Optional.of(
            Resources.ofGib(
                Double.parseDouble(row[cells[0]]),
                Double.parseDouble(row[cells[1]]),
                Double.parseDouble(row[cells[2]])));
  }
}
