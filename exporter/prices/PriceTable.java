import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the built-in price table from two CSV files: prices (region, instance_type, usd_per_hour,
 * source, as_of) and instance types (instance_type, vcpu, memory_gib, gpu_count, ...).
 *
 * <pre>java exporter/prices/PriceTable.java PRICES.csv TYPES.csv > \
 *   exporter/src/main/resources/io/namespend/exporter/price/aws-on-demand.csv</pre>
 */
final class PriceTable {
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: java PriceTable.java PRICES.csv TYPES.csv");
      System.exit(2);
    }
    List<String[]> prices = rows(args[0]);
    Map<String, String[]> types =
        rows(args[1]).stream().collect(Collectors.toMap(row -> row[0], row -> row));

    Map<String, Map<String, String>> priceOfTypeAndRegion = new TreeMap<>(naturalOrder());
    Map<String, Map<String, Integer>> datesOfRegion = new TreeMap<>();
    for (String[] row : prices) {
      priceOfTypeAndRegion
          .computeIfAbsent(row[1], type -> new HashMap<>())
          .put(row[0], plain(row[2]));
      datesOfRegion.computeIfAbsent(row[0], region -> new TreeMap<>()).merge(row[4], 1, Integer::sum);
    }
    types.keySet().forEach(type -> priceOfTypeAndRegion.putIfAbsent(type, Map.of()));
    String sources =
        prices.stream().map(row -> row[3]).distinct().sorted().collect(Collectors.joining(", "));

    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("# AWS EC2 on demand, Linux, shared tenancy, USD per hour; vCPU, GiB and GPUs of each type.");
    out.println("# Public list prices as found in: " + sources + ".");
    out.println(
        "# As of: "
            + datesOfRegion.entrySet().stream()
                .map(entry -> entry.getKey() + " " + mostFrequent(entry.getValue()))
                .collect(Collectors.joining(", "))
            + ".");
    out.println("instance_type,vcpu,memory_gib,gpus," + String.join(",", datesOfRegion.keySet()));
    priceOfTypeAndRegion.forEach(
        (type, priceOfRegion) -> {
          String[] spec = types.getOrDefault(type, new String[] {type, "", "", ""});
          String cells =
              datesOfRegion.keySet().stream()
                  .map(region -> priceOfRegion.getOrDefault(region, ""))
                  .collect(Collectors.joining(","));
          out.println(String.join(",", type, plain(spec[1]), plain(spec[2]), plain(spec[3]), cells));
        });
  }

  private static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .skip(1)
        .filter(line -> !line.isBlank())
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static String plain(String number) {
    return number.isEmpty() ? "" : new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  private static String mostFrequent(Map<String, Integer> counts) {
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** c5.2xlarge before c5.12xlarge. */
  private static Comparator<String> naturalOrder() {
    return Comparator.comparing(
            (String type) -> type.split("\\.")[0])
        .thenComparing(
            (String type) -> {
              String digits = type.substring(type.indexOf('.') + 1).replaceAll("\\D", "");
              return digits.isEmpty() ? 0 : Integer.parseInt(digits);
            })
        .thenComparing(Comparator.naturalOrder());
  }
}
