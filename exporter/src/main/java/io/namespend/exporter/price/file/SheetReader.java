package io.namespend.exporter.price.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import io.namespend.foundation.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a price sheet: a YAML list of mappings, or CSV with a header of the same names in
 * snake_case.
 */
final class SheetReader {
  private static final Pattern AFTER_UNDERSCORE = Pattern.compile("_([a-z])");
  private static final List<String> CONDITIONS =
      List.of(
          "node", "selector", "instanceType", "capacityType", "region", "driver", "storageClass");

  private final RatesInForce rates;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param rates to convert prices in other currencies by
   */
  SheetReader(RatesInForce rates) {
    this.rates = rates;
  }

  /**
   * @throws InvalidSettingsException with everything that is wrong
   */
  List<SheetRow> read(Path file) throws IOException {
    List<SheetRow> rows = new ArrayList<>();
    entries(file)
        .forEach((path, entry) -> row(new Section(path, entry, problems)).ifPresent(rows::add));
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(file.toString(), problems);
    }
    return rows;
  }

  private Map<String, JsonNode> entries(Path file) throws IOException {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    if (file.toString().endsWith(".csv")) {
      for (CsvTable.Row row : CsvTable.read(file)) {
        entries.put("line " + row.line(), fromCsv(row.fields()));
      }
      return entries;
    }
    JsonNode document = YamlFile.read(file);
    if (!document.isArray()) {
      problems.add(new Problem("document", document.toString(), "write a list of prices"));
    }
    for (int i = 0; i < document.size(); i++) {
      entries.put("[%d]".formatted(i), document.path(i));
    }
    return entries;
  }

  private static ObjectNode fromCsv(Map<String, String> fields) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    fields.forEach(
        (column, text) -> {
          Function<MatchResult, String> upper =
              match -> match.group(1).toUpperCase(java.util.Locale.ROOT);
          String key = AFTER_UNDERSCORE.matcher(column).replaceAll(upper);
          try {
            if (key.equals("price")) {
              entry.put(key, Double.parseDouble(text));
            } else {
              entry.put(key, text);
            }
          } catch (NumberFormatException e) {
            entry.put(key, text);
          }
        });
    return entry;
  }

  private Optional<SheetRow> row(Section entry) {
    int before = problems.size();
    SheetKind kind =
        entry.has("kind")
            ? entry.parsed("kind", SheetReader::kind).orElse(SheetKind.NODE)
            : SheetKind.NODE;
    double amount = amount(entry, kind) * factor(entry);
    SheetRow row =
        new SheetRow(
            kind,
            entry.parsed("node", Wildcard::new),
            entry.parsed("selector", LabelSelector::parse),
            entry.parsed("instanceType", Wildcard::new),
            entry.parsed("capacityType", SheetReader::capacityType),
            entry.parsed("region", Wildcard::new),
            entry.parsed("driver", DriverPattern::new),
            entry.parsed("storageClass", SheetReader::storageClass),
            amount);
    for (String condition : CONDITIONS) {
      if (entry.has(condition) && !kind.allows(condition)) {
        entry.problem(condition, "says nothing about a %s; remove it".formatted(kind.text()));
      }
    }
    entry.refuseOthers();
    return problems.size() == before ? Optional.of(row) : Optional.empty();
  }

  /** A price without a currency is in the policy's. */
  private double factor(Section entry) {
    OptionalDouble factor = rates.factor(entry.text("currency").orElse(rates.currency()));
    if (factor.isEmpty()) {
      entry.problem("currency", rates.remedy());
    }
    return factor.orElse(1);
  }

  private static double amount(Section entry, SheetKind kind) {
    double price = entry.number("price", 0, Double.MAX_VALUE).orElse(0);
    if (!entry.has("price")) {
      entry.problem("price", "is missing; write the price");
    }
    String per = entry.text("per").orElse("");
    // Nothing is assumed: a monthly price read as an hourly one is the classic mistake.
    String allowed = kind.isEgress() ? "gib" : "hour or month";
    boolean valid = kind.isEgress() ? per.equals("gib") : per.equals("hour") || per.equals("month");
    if (!valid) {
      entry.problem("per", "a price of a %s is per %s; write that".formatted(kind.text(), allowed));
    }
    return per.equals("month") ? price / HoursPerMonth.VALUE : price;
  }

  private static SheetKind kind(String text) {
    return Arrays.stream(SheetKind.values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(SheetKind.values())
                            .map(SheetKind::text)
                            .collect(Collectors.joining(", "))));
  }

  /** An empty cell says nothing, so that no class at all has a word of its own. */
  private static Wildcard storageClass(String text) {
    return new Wildcard(text.equals("(none)") ? "" : text);
  }

  private static CapacityType capacityType(String text) {
    return Arrays.stream(CapacityType.values())
        .filter(type -> type.label().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("write on-demand, spot or reserved"));
  }
}
