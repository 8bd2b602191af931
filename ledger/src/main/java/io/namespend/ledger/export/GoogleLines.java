package io.namespend.ledger.export;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.Product;
import io.namespend.ledger.bill.Purchase;
import io.namespend.ledger.bill.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Google's detailed usage cost export, as the JSON lines that BigQuery extracts. Credits are inside
 * the line that they lower; those that are gifts become lines of their own.
 *
 * @see <a
 *     href="https://cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage">schema</a>
 */
final class GoogleLines {
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");
  private static final Pattern NUMBERED = Pattern.compile(".*/\\d+");
  private static final BigDecimal SECONDS = BigDecimal.valueOf(3_600);

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readerFor(JsonNode.class);

  private final String file;
  private final TagReader tags;
  private final Moments moments = new Moments();

  GoogleLines(String file, TagReader tags) {
    this.file = file;
    this.tags = tags;
  }

  void read(InputStream in, LineSink sink) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    long number = 0;
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      number++;
      if (text.isBlank()) {
        continue;
      }
      try {
        read(JSON.readTree(text), sink);
      } catch (JsonProcessingException e) {
        throw new UnreadableExportException(
            "%s line %d: is no JSON object, or was cut; export JSON lines again"
                .formatted(file, number),
            e);
      } catch (IllegalArgumentException e) {
        throw new UnreadableExportException(
            "%s line %d: %s".formatted(file, number, e.getMessage()), e);
      }
    }
  }

  private void read(JsonNode line, LineSink sink) {
    Amount cost = amount(line, "cost");
    Amount negotiated = Amount.ZERO;
    Amount committed = Amount.ZERO;
    Amount gifts = Amount.ZERO;
    boolean isCovered = false;
    for (JsonNode credit : line.path("credits")) {
      Amount amount = amount(credit, "amount");
      switch (credit.path("type").asText()) {
        case "COMMITTED_USAGE_DISCOUNT",
            "COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE",
            "FEE_UTILIZATION_OFFSET" -> {
          committed = committed.plus(amount);
          isCovered = true;
        }
        case "PROMOTION", "RESELLER_MARGIN" -> gifts = gifts.plus(amount);
        case "SUSTAINED_USAGE_DISCOUNT", "DISCOUNT", "FREE_TIER", "SUBSCRIPTION_BENEFIT" ->
            negotiated = negotiated.plus(amount);
        default ->
            throw new IllegalArgumentException(
                "credits.type \"%s\" is not known; report it, and import without it"
                    .formatted(credit.path("type").asText()));
      }
    }
    ChargeKind charge = charge(line, isCovered);
    Amount contracted = cost.plus(negotiated);
    Amount effective = contracted.plus(committed);
    Costs costs =
        charge == ChargeKind.USAGE || charge == ChargeKind.COVERED_USAGE
            ? new Costs(
                line.hasNonNull("cost_at_list") ? amount(line, "cost_at_list") : cost,
                contracted,
                effective,
                effective)
            : Costs.same(effective);
    sink.take(line(line, charge, costs));
    if (!gifts.isZero()) {
      sink.take(line(line, ChargeKind.CREDIT, Costs.same(gifts)));
    }
  }

  private ChargeKind charge(JsonNode line, boolean isCovered) {
    String type = line.path("cost_type").asText("regular");
    return switch (type) {
      case "regular" -> {
        if (line.path("sku").path("description").asText().startsWith("Commitment")) {
          yield ChargeKind.COMMITMENT_FEE;
        }
        yield isCovered ? ChargeKind.COVERED_USAGE : ChargeKind.USAGE;
      }
      case "tax" -> ChargeKind.TAX;
      case "adjustment", "rounding_error" -> ChargeKind.ADJUSTMENT;
      default ->
          throw new IllegalArgumentException(
              "cost_type \"%s\" is not known; report it".formatted(type));
    };
  }

  private BillLine line(JsonNode line, ChargeKind charge, Costs costs) {
    Instant from = moment(line, "usage_start_time");
    Instant until = moment(line, "usage_end_time");
    Map<String, String> labels = new HashMap<>();
    for (String list : new String[] {"labels", "tags"}) {
      for (JsonNode label : line.path(list)) {
        tags.put(labels, label.path("key").asText(), label.path("value").asText());
      }
    }
    return new BillLine(
        month(line, from),
        Span.of(from, until, hours(line, charge)),
        charge,
        product(line, charge),
        line.path("billing_account_id").asText(),
        line.path("project").path("id").asText(),
        resource(line),
        line.path("subscription").path("instance_id").asText(),
        costs,
        Optional.empty(),
        line.path("currency").asText(),
        false,
        false,
        labels);
  }

  private static YearMonth month(JsonNode line, Instant from) {
    String text = line.path("invoice").path("month").asText();
    try {
      return text.isEmpty()
          ? YearMonth.from(from.atOffset(ZoneOffset.UTC))
          : YearMonth.parse(text, MONTH);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "invoice.month \"%s\" is not a month such as 202610".formatted(text), e);
    }
  }

  private Instant moment(JsonNode line, String name) {
    return moments.read(name, line.path(name).asText());
  }

  private static Amount amount(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (!value.isValueNode() || value.isNull()) {
      throw new IllegalArgumentException(
          name + " is missing; extract the detailed export with all columns");
    }
    try {
      return Amount.parse(value.asText());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s \"%s\" %s".formatted(name, value.asText(), e.getMessage()), e);
    }
  }

  /** Kubernetes knows machines by their names; a global name ends with a number. */
  private static String resource(JsonNode line) {
    String global = text(line.path("resource").path("global_name"));
    String name = text(line.path("resource").path("name"));
    if (global.isEmpty()) {
      return name;
    }
    boolean isNumbered = NUMBERED.matcher(global).matches();
    return isNumbered && !name.isEmpty()
        ? global.substring(0, global.lastIndexOf('/') + 1)
            + name.substring(name.lastIndexOf('/') + 1)
        : global;
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "" : value.asText();
  }

  /** Core seconds over cores: how long the machine ran. */
  private static Amount hours(JsonNode line, ChargeKind charge) {
    boolean isCore =
        line.path("sku").path("description").asText().contains("Core")
            && line.path("usage").path("unit").asText().equals("seconds");
    String cores = systemLabel(line, "compute.googleapis.com/cores");
    if (!isCore || !cores.matches("[1-9]\\d{0,3}") || charge == ChargeKind.CREDIT) {
      return Amount.ZERO;
    }
    return Amount.of(
        amount(line.path("usage"), "amount")
            .decimal()
            .divide(SECONDS.multiply(new BigDecimal(cores)), MathContext.DECIMAL64));
  }

  private static String systemLabel(JsonNode line, String key) {
    for (JsonNode label : line.path("system_labels")) {
      if (label.path("key").asText().equals(key)) {
        return label.path("value").asText();
      }
    }
    return "";
  }

  private static Product product(JsonNode line, ChargeKind charge) {
    String sku = line.path("sku").path("description").asText();
    String region = line.path("location").path("region").asText("");
    return new Product(
        line.path("service").path("description").asText(),
        sku,
        "",
        region.isEmpty() ? line.path("location").path("location").asText("") : region,
        systemLabel(line, "compute.googleapis.com/machine_spec"),
        purchase(sku.toLowerCase(Locale.ROOT), charge));
  }

  private static Purchase purchase(String sku, ChargeKind charge) {
    if (charge == ChargeKind.COVERED_USAGE) {
      return Purchase.COMMITTED_USE;
    }
    if (charge != ChargeKind.USAGE) {
      return Purchase.NONE;
    }
    return sku.contains("spot") || sku.contains("preemptible") ? Purchase.SPOT : Purchase.ON_DEMAND;
  }
}
