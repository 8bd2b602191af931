import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the built-in price tables from a folder of CSV files with public list prices.
 *
 * <pre>java exporter/prices/PriceTable.java FACTS_FOLDER \
 *   exporter/src/main/resources/io/namespend/exporter/price/list</pre>
 *
 * <p>What it leaves out or corrects, and why:
 *
 * <ul>
 *   <li>AWS p4 and p5 prices older than 2025: they fell by a third in 2025.
 *   <li>AWS gp3 throughput: a source that divided the price of a GiB/s by 1000 is put right.
 *   <li>AWS egress: the first tier only.
 *   <li>Azure rows that carry the Windows price of an AMD v5 size: the license is taken off.
 *   <li>GCP e2-micro and e2-small: the source has them dearer than e2-medium; they are computed.
 * </ul>
 */
final class PriceTable {
  /** USD per vCPU-hour that Azure asks for Windows. */
  private static final double WINDOWS_LICENSE = 0.046;

  private static final Pattern FIRST_NUMBER = Pattern.compile("\\d+");

  private final Path facts;
  private final Path output;

  private PriceTable(Path facts, Path output) {
    this.facts = facts;
    this.output = output;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: java PriceTable.java FACTS_FOLDER OUTPUT_FOLDER");
      System.exit(2);
    }
    PriceTable tables = new PriceTable(Path.of(args[0]), Path.of(args[1]));
    tables.awsInstances();
    tables.awsOther();
    tables.azure();
    tables.gcp();
  }

  private void awsInstances() throws IOException {
    List<String[]> prices =
        rows("aws_ec2_on_demand.csv").stream()
            .filter(row -> !(row[1].matches("p[45].*") && row[4].compareTo("2025") < 0))
            .toList();
    Map<String, Map<String, String>> table = new TreeMap<>(naturalOrder());
    Map<String, Map<String, Integer>> datesOfRegion = new TreeMap<>();
    for (String[] row : prices) {
      table.computeIfAbsent(row[1], type -> new HashMap<>()).put(row[0], plain(row[2]));
      datesOfRegion.computeIfAbsent(row[0], region -> new TreeMap<>()).merge(row[4], 1, Integer::sum);
    }
    Map<String, String[]> types = specifications("aws_instance_types.csv");
    types.keySet().forEach(type -> table.putIfAbsent(type, Map.of()));
    String sources =
        prices.stream().map(row -> row[3]).distinct().sorted().collect(Collectors.joining(", "));
    write(
        "aws-on-demand.csv",
        List.of(
            "AWS EC2 on demand, Linux, shared tenancy, USD per hour; vCPU, GiB and GPUs of each type.",
            "Public list prices as found in: " + sources + ".",
            "As of: "
                + datesOfRegion.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + mostFrequent(entry.getValue()))
                    .collect(Collectors.joining(", "))
                + "."),
        List.of("instance_type", "vcpu", "memory_gib", "gpus"),
        table,
        type -> specification(types, type));
  }

  private void awsOther() throws IOException {
    Map<String, Map<String, String>> table = new TreeMap<>();
    rows("aws_other_prices.csv").stream()
        .filter(row -> !row[1].equals("data_egress_internet") || row[4].equals("first 10 TB"))
        .filter(row -> !row[1].endsWith("_lcu") && !row[1].endsWith("_processed"))
        .sorted(Comparator.comparing(row -> row[row.length - 1]))
        .forEach(
            row ->
                table
                    .computeIfAbsent(row[1], item -> new HashMap<>())
                    .put(row[0], perMebibyte(row[2], row[3])));
    write(
        "aws-other.csv",
        List.of(
            "AWS: what is not an instance, USD: volumes per GB-month, IOPS-month and MiB/s-month,"
                + " transfer per GB, the rest per hour.",
            "As of: us-east-1 and eu-west-1 2022-09 to 2026-08, others 2022-09; transfer 2024-09."),
        List.of("item"),
        table,
        item -> List.of());
  }

  private static String perMebibyte(String unit, String price) {
    BigDecimal usd = new BigDecimal(price);
    BigDecimal kibi = BigDecimal.valueOf(1024);
    return switch (unit) {
      case "GiBps-month" -> plain(usd.divide(kibi, MathContext.DECIMAL32));
      case "MiBps-month" ->
          plain(usd.multiply(BigDecimal.valueOf(1000)).divide(kibi, MathContext.DECIMAL32));
      default -> plain(usd);
    };
  }

  private void azure() throws IOException {
    Map<String, Map<String, String>> table = new TreeMap<>(naturalOrder());
    for (String[] row : rows("azure_vm_on_demand.csv")) {
      table.computeIfAbsent(row[1], size -> new HashMap<>()).put(row[0], plain(row[2]));
    }
    Map<String, String[]> types = specifications("azure_instance_types.csv");
    table.forEach((size, prices) -> takeOffWindows(size, vcpus(size, types), prices));
    write(
        "azure-on-demand.csv",
        List.of(
            "Azure virtual machines, pay as you go, Linux, USD per hour; vCPU, GiB and GPUs of each"
                + " size.",
            "As of: 2026-06, sizes 2026-03; public list prices as found in karpenter."),
        List.of("instance_type", "vcpu", "memory_gib", "gpus"),
        table,
        size -> specification(types, size));
  }

  /**
   * An AMD v5 price is the Windows price if it is beyond 1.5 times the cheapest region's and comes
   * close to it without the license. Regions differ by up to 1.3.
   */
  private static void takeOffWindows(String size, int vcpus, Map<String, String> prices) {
    if (!size.matches("Standard_[DE][\\d-]+ad?s_v5")) {
      return;
    }
    double cheapest = prices.values().stream().mapToDouble(Double::parseDouble).min().orElseThrow();
    prices.replaceAll(
        (region, price) -> {
          double linux = Double.parseDouble(price) - vcpus * WINDOWS_LICENSE;
          return Double.parseDouble(price) > 1.5 * cheapest && linux > 0.95 * cheapest
              ? plain(new BigDecimal(linux).setScale(6, java.math.RoundingMode.HALF_UP))
              : price;
        });
  }

  private static int vcpus(String size, Map<String, String[]> types) {
    Matcher number = FIRST_NUMBER.matcher(size);
    return types.containsKey(size)
        ? (int) Double.parseDouble(types.get(size)[1])
        : number.find() ? Integer.parseInt(number.group()) : 0;
  }

  private void gcp() throws IOException {
    Map<String, String> items = new TreeMap<>();
    for (String[] row : rows("gcp_us-central1.csv")) {
      String item =
          switch (row[0]) {
            case "predefinedCpuPricePerHour" -> "cpu/" + row[1];
            case "predefinedMemoryPricePerHourPerGb" -> "ram/" + row[1];
            case "customCpuPricePerHour" -> "cpu/" + row[1] + "-custom";
            case "customMemoryPricePerHourPerGb" -> "ram/" + row[1] + "-custom";
            case "predefinedPreemptibleDiscount" -> "spot-share/" + row[1];
            case "customPreemptibleDiscount" -> "spot-share/" + row[1] + "-custom";
            case "instancePrices" -> "machine/" + row[1];
            case "preemptiblePrices" -> "machine/" + row[1] + "/spot";
            case "gpuPrices" -> "gpu/" + row[1];
            case "preemptibleGpuPrices" -> "gpu/" + row[1] + "/spot";
            case "bootDiskPricePerHour" -> "disk/" + row[1];
            default -> throw new IllegalArgumentException("unknown kind " + row[0]);
          };
      items.put(item, row[2].endsWith(".") ? "0" : plain(row[2]));
    }
    double cpu = Double.parseDouble(items.get("cpu/e2"));
    double ram = Double.parseDouble(items.get("ram/e2"));
    double spot = Double.parseDouble(items.get("spot-share/e2"));
    Map.of("micro", 0.25, "small", 0.5)
        .forEach(
            (size, share) -> {
              double price = share * cpu + share * 4 * ram;
              items.put("machine/e2-" + size, "%.6f".formatted(price));
              items.put("machine/e2-" + size + "/spot", "%.6f".formatted(price * spot));
            });
    Map<String, Map<String, String>> table = new TreeMap<>();
    items.forEach((item, price) -> table.put(item, Map.of("us-central1", price)));
    write(
        "gcp.csv",
        List.of(
            "Google Compute Engine, USD per hour: machines, vCPU, GiB and GPUs by family; disks per"
                + " GiB-hour; spot-share is the spot price over the on-demand price.",
            "As of: 2026-06; public list prices as found in cluster-autoscaler."),
        List.of("item"),
        table,
        item -> List.of());
  }

  private void write(
      String name,
      List<String> comments,
      List<String> firstColumns,
      Map<String, Map<String, String>> priceByRowAndRegion,
      java.util.function.Function<String, List<String>> cellsAfterKey)
      throws IOException {
    var regions = new TreeSet<String>();
    priceByRowAndRegion.values().forEach(prices -> regions.addAll(prices.keySet()));
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(output.resolve(name)), false, StandardCharsets.UTF_8)) {
      comments.forEach(comment -> out.println("# " + comment));
      List<String> header = new ArrayList<>(firstColumns);
      header.addAll(regions);
      out.println(String.join(",", header));
      priceByRowAndRegion.forEach(
          (key, prices) -> {
            List<String> cells = new ArrayList<>(List.of(key));
            cells.addAll(cellsAfterKey.apply(key));
            regions.forEach(region -> cells.add(prices.getOrDefault(region, "")));
            out.println(String.join(",", cells));
          });
    }
  }

  private Map<String, String[]> specifications(String file) throws IOException {
    return rows(file).stream().collect(Collectors.toMap(row -> row[0], row -> row));
  }

  private static List<String> specification(Map<String, String[]> types, String type) {
    String[] row = types.getOrDefault(type, new String[] {type, "", "", ""});
    return List.of(plain(row[1]), plain(row[2]), plain(row[3]));
  }

  private List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(facts.resolve(file)).stream()
        .skip(1)
        .filter(line -> !line.isBlank())
        .map(line -> line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .toList();
  }

  private static String plain(String number) {
    return number.isEmpty() ? "" : plain(new BigDecimal(number));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static String mostFrequent(Map<String, Integer> counts) {
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** c5.2xlarge before c5.12xlarge. */
  private static Comparator<String> naturalOrder() {
    return Comparator.comparing((String type) -> type.split("\\.")[0])
        .thenComparing(
            (String type) -> {
              String digits = type.substring(type.indexOf('.') + 1).replaceAll("\\D", "");
              return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
            })
        .thenComparing(Comparator.naturalOrder());
  }
}
