package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells in words how the price of a node comes about. */
public final class PriceExplanation {
  private final PriceChain chain;
  private final NodeCapacity capacity;
  private final RateSplit split;

  public PriceExplanation(PriceChain chain, NodeCapacity capacity, RateSplit split) {
    this.chain = chain;
    this.capacity = capacity;
    this.split = split;
  }

  /** Some lines of text. */
  public String of(Node node, RatesInForce rates) {
    String currency = rates.currency();
    Quote before = chain.undiscounted(node);
    double percent = chain.discountPercent(node, before);
    Quote quote = chain.node(node);
    Resources amount = capacity.of(node);
    ResourceRates ofUnits = split.split(quote.amount(), amount);
    StringBuilder text = new StringBuilder(600);
    line(
        text,
        "%s: %.6f %s per hour%s"
            .formatted(node.name(), quote.amount(), currency, doubts(quote, ", an estimate")));
    line(text, "");
    facts(text, node);
    line(text, "");
    line(text, "Sources, in order (%s per hour):".formatted(currency));
    for (PriceChain.Answer answer : chain.explain(node)) {
      line(
          text,
          "  %-10s %s"
              .formatted(
                  answer.source(),
                  answer.quote().map(said -> said(said, before)).orElse("does not know it")));
    }
    rates.byCurrency().values().stream()
        .sorted(Comparator.comparing(ExchangeRate::from))
        .forEach(
            rate ->
                line(
                    text,
                    "  prices in %s are converted at %s %s, the rate since %s"
                        .formatted(rate.from(), rate.rate(), currency, rate.since())));
    line(text, "");
    line(
        text,
        "Discount: %s"
            .formatted(
                percent > 0
                    ? "%s percent, %.6f becomes %.6f"
                        .formatted(plain(percent), before.amount(), quote.amount())
                    : "none"));
    line(text, "Price:    %.6f  price_source=\"%s\"".formatted(quote.amount(), quote.source()));
    for (EstimateReason doubt : inOrder(quote)) {
      line(text, "Doubt:    %s: %s".formatted(doubt.label(), EstimateWords.of(doubt)));
    }
    line(text, "");
    line(text, "Split %s over the capacity:".formatted(split.name()));
    rate(text, "vCPU", amount.cpuCores(), ofUnits.cpu());
    rate(text, "GiB", amount.memoryGib(), ofUnits.memory());
    if (amount.gpus() > 0) {
      rate(text, "GPU", amount.gpus(), ofUnits.gpu());
    }
    return text.toString();
  }

  private static void facts(StringBuilder text, Node node) {
    line(text, "Type:     " + or(node.instanceType(), "unknown"));
    line(text, "Capacity: " + node.capacityType().label());
    line(text, "Region:   " + or(node.region(), "unknown"));
    line(text, "Zone:     " + or(node.zone(), "unknown"));
    line(text, "Arch:     " + or(node.arch(), "unknown"));
    line(text, "Cloud:    " + node.provider().name().toLowerCase(Locale.ROOT));
  }

  /** The gravest first; empty for a price that is known. */
  private static String doubts(Quote quote, String intro) {
    return quote.estimated()
        ? "%s (%s): %s"
            .formatted(
                intro,
                inOrder(quote).stream()
                    .map(EstimateReason::label)
                    .collect(Collectors.joining(", ")),
                EstimateWords.of(inOrder(quote).get(0)))
        : "";
  }

  private static List<EstimateReason> inOrder(Quote quote) {
    return quote.doubts().stream().sorted().toList();
  }

  private static String said(Quote said, Quote winner) {
    return "%.6f  %s%s%s"
        .formatted(
            said.amount(),
            said.source(),
            said.estimated()
                ? inOrder(said).stream()
                    .map(EstimateReason::label)
                    .collect(Collectors.joining(", ", " (an estimate: ", ")"))
                : "",
            said.equals(winner) ? "  <- taken" : "");
  }

  private static void rate(StringBuilder text, String unit, double amount, double rate) {
    line(text, "  %9.3f %-4s x %.6f = %.6f".formatted(amount, unit, rate, amount * rate));
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }

  private static String plain(double percent) {
    return String.format(Locale.ROOT, "%s", percent).replaceAll("\\.0$", "");
  }

  /** Reasons of estimates, for people. */
  private static final class EstimateWords {
    private EstimateWords() {}

    static String of(EstimateReason reason) {
      return switch (reason.label()) {
        case "currency" ->
            "no source knows a price that can be converted; write prices.exchangeRates or a sheet";
        case "fallback" -> "no source knows it, so rates for vCPU, memory and GPUs are used";
        case "region" ->
            "its price in this region is not known, and is derived from that of another region";
        case "spot" -> "its spot price is not known, and is derived from another one";
        case "purchase" -> "it was reserved at a price that only the bill knows";
        case "place" -> "the price of its local or wavelength zone is derived from the region's";
        case "tenancy" -> "the price of dedicated hardware is derived from that of shared hardware";
        case "operating-system" -> "what its operating system adds to the price is not listed";
        case "fee" -> "the management fee is not known";
        case "tier" -> "it depends on a tier or plan that the cluster does not reveal";
        case "rate" -> "its rate comes from public descriptions and not from a price list";
        case "virtual" -> "it has no machine, and public serverless rates stand in";
        case "gpus" -> "how many GPUs it has is not known";
        default -> "it depends on something that was not read (%s)".formatted(reason.label());
      };
    }
  }
}
