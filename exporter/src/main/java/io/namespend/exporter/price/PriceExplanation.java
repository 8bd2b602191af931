package io.namespend.exporter.price;

import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Resources;
import java.util.Locale;

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
  public String of(Node node, String currency) {
    Quote before = chain.undiscounted(node);
    double percent = chain.discountPercent(node, before);
    Quote quote = chain.node(node);
    Resources amount = capacity.of(node);
    ResourceRates rates = split.split(quote.amount(), amount);
    StringBuilder text = new StringBuilder(300);
    line(
        text,
        "%s: %s, %s, region %s%s"
            .formatted(
                node.name(),
                or(node.instanceType(), "no instance type"),
                node.capacityType().label(),
                or(node.region(), "unknown"),
                node.zone().isEmpty() ? "" : ", zone " + node.zone()));
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
    line(text, "");
    line(text, "Split %s over the capacity:".formatted(split.name()));
    rate(text, "vCPU", amount.cpuCores(), rates.cpu());
    rate(text, "GiB", amount.memoryGib(), rates.memory());
    if (amount.gpus() > 0) {
      rate(text, "GPU", amount.gpus(), rates.gpu());
    }
    return text.toString();
  }

  private static String said(Quote said, Quote winner) {
    return "%.6f  %s%s%s"
        .formatted(
            said.amount(),
            said.source(),
            said.estimated() ? " (a guess)" : "",
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
}
