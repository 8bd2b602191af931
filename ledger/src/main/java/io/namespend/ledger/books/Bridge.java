package io.namespend.ledger.books;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.Costs;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.store.Sums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * From list prices to the invoice, by class, in cents that add up: each column is rounded so that
 * its cents are those of its exact total.
 */
public final class Bridge {
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final List<Function<Costs, Amount>> STEPS =
      List.of(Costs::list, Costs::negotiated, Costs::effective, Costs::billed);

  private final List<LineClass> classes = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();

  /** By step, then class; the last is the total. */
  private final List<List<BigDecimal>> cents = new ArrayList<>();

  public Bridge(Map<LineClass, Sums> totals) {
    List<Sums> sums = new ArrayList<>();
    for (LineClass lineClass : LineClass.values()) {
      Sums its = totals.get(lineClass);
      if (its != null) {
        classes.add(lineClass);
        lines.add(its.lines());
        sums.add(its);
      }
    }
    for (Function<Costs, Amount> step : STEPS) {
      cents.add(rounded(sums.stream().map(its -> step.apply(its.costs()).decimal()).toList()));
    }
  }

  public BigDecimal list() {
    return total(0);
  }

  public BigDecimal negotiated() {
    return total(1);
  }

  public BigDecimal effective() {
    return total(2);
  }

  public BigDecimal billed() {
    return total(3);
  }

  /** Of one class, in the order of the steps. */
  public List<BigDecimal> of(LineClass lineClass) {
    int place = classes.indexOf(lineClass);
    return place < 0
        ? STEPS.stream().map(step -> BigDecimal.ZERO.setScale(2)).toList()
        : cents.stream().map(step -> step.get(place)).toList();
  }

  private BigDecimal total(int step) {
    List<BigDecimal> all = cents.get(step);
    return all.get(all.size() - 1);
  }

  /** A table, and the steps between its totals. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-30s %16s %16s %16s %16s %12s%n"
            .formatted("", "list", "negotiated", "effective", "billed", "lines"));
    for (int i = 0; i <= classes.size(); i++) {
      boolean isTotal = i == classes.size();
      text.append(
          "%-30s %,16.2f %,16.2f %,16.2f %,16.2f %,12d%n"
              .formatted(
                  isTotal ? "total" : classes.get(i).title(),
                  cents.get(0).get(i),
                  cents.get(1).get(i),
                  cents.get(2).get(i),
                  cents.get(3).get(i),
                  isTotal ? lines.stream().mapToLong(Long::longValue).sum() : lines.get(i)));
    }
    text.append("%n".formatted());
    append(text, "List price", list(), "");
    append(text, "  negotiated and spot discounts", negotiated().subtract(list()), "");
    append(text, "Negotiated", negotiated(), "");
    append(
        text,
        "  commitments",
        effective().subtract(negotiated()),
        "what plans and reservations saved, and what of them was not used");
    append(text, "Effective (amortized)", effective(), "");
    append(
        text,
        "  paid at another time",
        billed().subtract(effective()),
        "upfront and recurring payments less what of them is for this month");
    append(text, "Billed", billed(), "");
    return text.toString();
  }

  private static void append(StringBuilder text, String name, BigDecimal amount, String note) {
    text.append("%-34s %,16.2f  %s".formatted(name, amount, note).stripTrailing())
        .append("%n".formatted());
  }

  /** Largest remainder: rounded down, and the missing cents go to those that lost most. */
  private static List<BigDecimal> rounded(List<BigDecimal> exact) {
    BigDecimal total =
        exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(2, RoundingMode.HALF_EVEN);
    List<BigDecimal> rounded =
        new ArrayList<>(exact.stream().map(part -> part.setScale(2, RoundingMode.FLOOR)).toList());
    int missing =
        total
            .subtract(rounded.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .movePointRight(2)
            .intValueExact();
    IntStream.range(0, exact.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> exact.get(i).subtract(rounded.get(i))).reversed())
        .limit(missing)
        .toList()
        .forEach(i -> rounded.set(i, rounded.get(i).add(CENT)));
    rounded.add(total);
    return List.copyOf(rounded);
  }
}
