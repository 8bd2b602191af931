package io.namespend.ledger.books;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A Cost and Usage Report written by hand: lines have what they name, and are empty otherwise. */
public final class CurFile {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("type", "line_item_line_item_type"),
          Map.entry("unblended", "line_item_unblended_cost"),
          Map.entry("net", "line_item_net_unblended_cost"),
          Map.entry("list", "pricing_public_on_demand_cost"),
          Map.entry("start", "line_item_usage_start_date"),
          Map.entry("end", "line_item_usage_end_date"),
          Map.entry("service", "line_item_product_code"),
          Map.entry("usage", "line_item_usage_type"),
          Map.entry("amount", "line_item_usage_amount"),
          Map.entry("unit", "pricing_unit"),
          Map.entry("resource", "line_item_resource_id"),
          Map.entry("currency", "line_item_currency_code"),
          Map.entry("account", "line_item_usage_account_id"),
          Map.entry("payer", "bill_payer_account_id"),
          Map.entry("month", "bill_billing_period_start_date"),
          Map.entry("invoice", "bill_invoice_id"),
          Map.entry("region", "product_region_code"),
          Map.entry("instance", "product_instance_type"),
          Map.entry("plan", "savings_plan_savings_plan_a_r_n"),
          Map.entry("planCost", "savings_plan_savings_plan_effective_cost"),
          Map.entry("planTotal", "savings_plan_total_commitment_to_date"),
          Map.entry("planUsed", "savings_plan_used_commitment"),
          Map.entry("reservation", "reservation_reservation_a_r_n"),
          Map.entry("reservationCost", "reservation_effective_cost"),
          Map.entry("unusedUpfront", "reservation_unused_amortized_upfront_fee_for_billing_period"),
          Map.entry("unusedRecurring", "reservation_unused_recurring_fee"),
          Map.entry("reservedUpfront", "reservation_amortized_upfront_fee_for_billing_period"),
          Map.entry("parent", "split_line_item_parent_resource_id"),
          Map.entry("splitCost", "split_line_item_split_cost"),
          Map.entry("tags", "resource_tags"));

  private static final List<String> ALWAYS =
      List.of(
          "line_item_line_item_type",
          "line_item_unblended_cost",
          "line_item_usage_start_date",
          "line_item_usage_end_date",
          "line_item_product_code",
          "line_item_usage_type",
          "line_item_resource_id",
          "line_item_currency_code");

  private final List<Map<String, String>> lines = new ArrayList<>();
  private final List<String> columns = new ArrayList<>(ALWAYS);

  /** For each line, unless it says otherwise. */
  private final Map<String, String> defaults =
      new LinkedHashMap<>(
          Map.of(
              "line_item_currency_code", "USD",
              "bill_payer_account_id", "111122223333",
              "bill_billing_period_start_date", "2026-10-01T00:00:00Z"));

  public CurFile() {
    defaults.keySet().stream().filter(name -> !columns.contains(name)).forEach(columns::add);
  }

  /**
   * @param cells such as {@code unblended=1.5}
   */
  public CurFile line(String type, String... cells) {
    Map<String, String> line = new LinkedHashMap<>(defaults);
    line.put("line_item_line_item_type", type);
    line.put("line_item_unblended_cost", "0");
    for (String cell : cells) {
      String[] parts = cell.split("=", 2);
      String name = SHORT.getOrDefault(parts[0], parts[0]);
      line.put(name, parts[1]);
      if (!columns.contains(name)) {
        columns.add(name);
      }
    }
    lines.add(line);
    return this;
  }

  /** A line in each of so many hours from the first of the month. */
  public CurFile hours(int from, int until, String type, String... cells) {
    for (int hour = from; hour < until; hour++) {
      List<String> all = new ArrayList<>(List.of("start=" + at(hour), "end=" + at(hour + 1)));
      all.addAll(List.of(cells));
      line(type, all.toArray(String[]::new));
    }
    return this;
  }

  /** Of October 2026. */
  public static String at(int hour) {
    return java.time.Instant.parse("2026-10-01T00:00:00Z").plusSeconds(hour * 3_600L).toString();
  }

  public String text() {
    return text(columns, column -> column);
  }

  /** The same, as legacy reports have it: other names, other order. */
  public String legacyText() {
    List<String> shuffled = new ArrayList<>(columns);
    Collections.shuffle(shuffled, new Random(3));
    return text(shuffled, CurFile::legacy);
  }

  private static String legacy(String column) {
    for (String group :
        List.of(
            "line_item",
            "pricing",
            "bill",
            "product",
            "savings_plan",
            "reservation",
            "split_line_item")) {
      if (column.startsWith(group + "_")) {
        return camel(group) + "/" + capital(camel(column.substring(group.length() + 1)));
      }
    }
    return column;
  }

  private static String camel(String text) {
    StringBuilder camel = new StringBuilder();
    for (String word : text.split("_", -1)) {
      camel.append(camel.isEmpty() ? word : capital(word));
    }
    return camel.toString();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private String text(List<String> order, java.util.function.UnaryOperator<String> name) {
    StringBuilder text = new StringBuilder();
    text.append(String.join(",", order.stream().map(name).toList())).append('\n');
    for (Map<String, String> line : lines) {
      text.append(
              String.join(
                  ",",
                  order.stream()
                      .map(column -> line.getOrDefault(column, ""))
                      .map(
                          cell ->
                              cell.contains("\"") ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
                      .toList()))
          .append('\n');
    }
    return text.toString();
  }

  public Path write(Path file) throws IOException {
    return Files.writeString(file, text());
  }

  public static byte[] gzip(String text) throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
