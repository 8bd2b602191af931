package io.namespend.reporter.finance;

import static java.util.stream.Collectors.joining;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.reporter.settings.Settings.BillRule;
import io.namespend.reporter.settings.Settings.Monthly;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.Statement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a month can be stated: what it still waits for, in words that say what to do. */
public final class Readiness {
  private static final String NOW =
      "max by (cluster, month) (last_over_time(namespend_bill_cost[10m]))";

  /** Longer than a month: whoever had a bill of the month before will have one of this. */
  private static final String LATELY =
      "group by (cluster) (last_over_time(namespend_bill_cost[40d]))";

  private final PrometheusClient prometheus;
  private final Monthly settings;
  private final Instant now;

  public Readiness(PrometheusClient prometheus, Monthly settings, Instant now) {
    this.prometheus = prometheus;
    this.settings = settings;
    this.now = now;
  }

  /** Empty if the month can be stated. */
  public List<String> waitingFor(YearMonth month, Statement statement) {
    List<String> reasons = new ArrayList<>(coverage(statement));
    if (settings.bill() != BillRule.IGNORED) {
      reasons.addAll(bills(month, statement));
    }
    return reasons;
  }

  private List<String> coverage(Statement statement) {
    List<String> reasons = new ArrayList<>();
    statement
        .coverage()
        .forEach(
            (cluster, share) -> {
              if (share.doubleValue() < settings.coverage()) {
                reasons.add(
                    "figures: %s%% of the minutes%s have them, and statement.coverage is %s%%;"
                            .formatted(percent(share), of(cluster), percent(settings.coverage()))
                        + " bring back what is missing, or state the month with --anyway");
              }
            });
    return reasons;
  }

  private List<String> bills(YearMonth month, Statement statement) {
    Map<String, BigDecimal> billed = new TreeMap<>();
    SortedSet<String> kept = new TreeSet<>();
    String number = String.valueOf(month.getMonthValue());
    for (Sample sample : prometheus.query(NOW, now)) {
      if (sample.label("month").equals(number) && Double.isFinite(sample.value())) {
        billed.put(sample.label("cluster"), BigDecimal.valueOf(sample.value()));
      }
    }
    for (Sample sample : prometheus.query(LATELY, now)) {
      kept.add(sample.label("cluster"));
    }
    List<String> reasons = new ArrayList<>();
    recorded(statement)
        .forEach(
            (cluster, cost) -> {
              BigDecimal bill = billed.get(cluster);
              if (bill == null) {
                if (settings.bill() == BillRule.REQUIRED || kept.contains(cluster)) {
                  reasons.add(
                      "the bill of %s%s; write it into bills in the policy, or set statement.bill"
                              .formatted(month, of(cluster))
                          + " to ignored");
                }
              } else {
                variance(cluster, cost, bill, statement).forEach(reasons::add);
              }
            });
    return reasons;
  }

  private List<String> variance(
      String cluster, BigDecimal cost, BigDecimal bill, Statement statement) {
    BigDecimal difference = cost.subtract(bill).abs();
    BigDecimal most = bill.abs().multiply(BigDecimal.valueOf(settings.billVariance()));
    if (difference.compareTo(most) <= 0) {
      return List.of();
    }
    int scale = statement.total().scale();
    return List.of(
        "agreement with the bill%s: %s were recorded and %s billed, more than statement.billVariance"
                .formatted(
                    of(cluster),
                    StatementWords.amount(cost.setScale(scale, RoundingMode.HALF_UP), statement),
                    StatementWords.amount(bill.setScale(scale, RoundingMode.HALF_UP), statement))
            + " (%s%%) apart; find out why (docs/prices.md), or state the month with --anyway"
                .formatted(percent(settings.billVariance())));
  }

  private static Map<String, BigDecimal> recorded(Statement statement) {
    Map<String, BigDecimal> costs = new TreeMap<>();
    for (Line line : statement.lines()) {
      costs.merge(line.key().cluster(), line.cost(), BigDecimal::add);
    }
    return costs;
  }

  /** All of them, to be read on one line. */
  public static String line(List<String> reasons) {
    return reasons.stream().map(PlainText::printable).collect(joining("; and for "));
  }

  private static String of(String cluster) {
    return cluster.isEmpty() ? "" : " of " + PlainText.name(cluster);
  }

  private static String percent(double share) {
    return percent(BigDecimal.valueOf(share));
  }

  private static String percent(BigDecimal share) {
    BigDecimal percent = share.movePointRight(2).stripTrailingZeros();
    return (percent.scale() < 0 ? percent.setScale(0) : percent).toPlainString();
  }
}
