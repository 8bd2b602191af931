package io.namespend.exporter.price;

import io.namespend.exporter.cluster.CapacityType;
import io.namespend.exporter.cluster.Node;
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

/**
 * The price table in the jar: AWS on-demand prices by region and instance type, and what each type
 * has. {@code exporter/prices/PriceTable.java} writes it.
 */
public final class BuiltinPrices implements PriceSource {
  /**
   * Spot costs between 30 and 50 percent of on-demand in most places; the price of the hour is not
   * in a table, so this is a guess and marked as one.
   */
  static final double SPOT_SHARE_OF_ON_DEMAND = 0.4;

  private static final String TABLE = "aws-on-demand.csv";
  private static final int FIRST_REGION_COLUMN = 4;

  private final Map<String, Integer> columnOfRegion = new HashMap<>();
  private final Map<String, String[]> rows = new HashMap<>();

  /** Reads the table; takes some milliseconds. */
  public BuiltinPrices() {
    var stream =
        Objects.requireNonNull(BuiltinPrices.class.getResourceAsStream(TABLE), TABLE + " in jar");
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<String[]> table =
          lines
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.split(",", -1))
              .toList();
      String[] header = table.get(0);
      for (int column = FIRST_REGION_COLUMN; column < header.length; column++) {
        columnOfRegion.put(header[column], column);
      }
      table.stream().skip(1).forEach(row -> rows.put(row[0], row));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<NodeQuote> quote(Node node) {
    Optional<Double> onDemand = onDemand(node.instanceType(), node.region());
    return node.capacityType() == CapacityType.SPOT
        ? onDemand.map(
            price -> new NodeQuote(price * SPOT_SHARE_OF_ON_DEMAND, "builtin-spot-estimate", true))
        : onDemand.map(price -> new NodeQuote(price, "builtin", false));
  }

  /** USD per hour. */
  Optional<Double> onDemand(String instanceType, String region) {
    String[] row = rows.get(instanceType);
    Integer column = columnOfRegion.get(region);
    return row == null || column == null || row[column].isEmpty()
        ? Optional.empty()
        : Optional.of(Double.valueOf(row[column]));
  }

  /** What an instance type has, where the table tells. */
  Optional<Resources> resources(String instanceType) {
    return Optional.ofNullable(rows.get(instanceType))
        .filter(row -> Arrays.stream(row, 1, FIRST_REGION_COLUMN).noneMatch(String::isEmpty))
        .map(
            row ->
                Resources.ofGib(
                    Double.parseDouble(row[1]),
                    Double.parseDouble(row[2]),
                    Double.parseDouble(row[3])));
  }
}
