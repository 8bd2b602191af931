package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.node.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table in the jar: one row an item, one column a region. {@code exporter/prices/PriceTable.java}
 * writes them.
 */
final class PriceTable implements ItemPrices {
  private static final List<String> SPECIFICATION = List.of("vcpu", "memory_gib", "gpus");

  private final Map<String, Integer> columns = new HashMap<>();
  private final Set<String> regions;

  /** As they stand in the file: cells of their own would take ten times the memory. */
  private final Map<String, String> rows = new HashMap<>();

  PriceTable(String file) {
    var stream = Objects.requireNonNull(PriceTable.class.getResourceAsStream(file), file);
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<String> table = reader.lines().filter(line -> !line.startsWith("#")).toList();
      String[] header = table.get(0).split(",", -1);
      for (int column = 1; column < header.length; column++) {
        columns.put(header[column].toLowerCase(Locale.ROOT), column);
      }
      table.stream().skip(1).forEach(row -> rows.put(cell(row, 0).toLowerCase(Locale.ROOT), row));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> places = new TreeSet<>(columns.keySet());
    SPECIFICATION.forEach(places::remove);
    regions = Collections.unmodifiableSet(places);
  }

  @Override
  public OptionalDouble price(String item, String place) {
    String row = rows.get(item.toLowerCase(Locale.ROOT));
    Integer column = columns.get(place.toLowerCase(Locale.ROOT));
    String price = row == null || column == null ? "" : cell(row, column);
    return price.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(price));
  }

  /** Of every row, as the provider spells it. */
  Set<String> names() {
    return rows.values().stream().map(row -> cell(row, 0)).collect(Collectors.toSet());
  }

  /** Of every row, in lower case. */
  Set<String> items() {
    return rows.keySet();
  }

  /** In lower case. */
  Set<String> regions() {
    return regions;
  }

  /** What an instance type has, where the table tells. */
  Optional<Resources> resources(String instanceType) {
    double[] has =
        SPECIFICATION.stream()
            .flatMapToDouble(name -> price(instanceType, name).stream())
            .toArray();
    return has.length < SPECIFICATION.size()
        ? Optional.empty()
        : Optional.of(Resources.ofGib(has[0], has[1], has[2]));
  }

  private static String cell(String row, int column) {
    int begin = 0;
    for (int passed = 0; passed < column; passed++) {
      begin = row.indexOf(',', begin) + 1;
    }
    int end = row.indexOf(',', begin);
    return end < 0 ? row.substring(begin) : row.substring(begin, end);
  }
}
