package io.namespend.reporter.statement;

import static java.util.stream.Collectors.joining;

import io.namespend.reporter.prometheus.FakePrometheus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Statements of October 2026, of what a Prometheus answers at its end. */
public final class Statements {
  public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  public static final Period OCTOBER = Period.month("2026-10", NOW);

  /** Two namespaces, one with two owners; a pool that is shared, and one that is not. */
  public static final String SHOP =
      """
      (cluster:cost:sum1h                     {}                                       100.005
      (cluster:coverage:ratio1h               {}                                       744
      sum_over_time(ledger_line:cost:sum1h    {namespace="shop",resource="cpu"}        40
      sum_over_time(ledger_line:cost:sum1h    {namespace="shop",resource="storage"}    10.005
      sum_over_time(ledger_line:cost:sum1h    {namespace="search",resource="memory"}   20
      sum_over_time(ledger_line:cost:sum1h    {namespace="shop",pool="idle"}           15
      sum_over_time(ledger_line:cost:sum1h    {namespace="search",pool="idle"}         5
      sum_over_time(ledger_line:cost:sum1h    {pool="support"}                         7
      sum_over_time(ledger_line:cost:sum1h    {team="data",cost_center="cc-3"}         3
      count_over_time(ledger_line:cost:sum1h  {namespace="shop",resource="storage"}    744
      count_over_time(ledger_line:cost:sum1h  {team="data",cost_center="cc-3"}         744
      namespace:allocated:sum1h               {namespace="shop",resource="cpu"}        1000
      namespace:allocated:sum1h               {namespace="search",resource="memory"}   4294967296000
      (pool:cost:sum1h                        {pool="idle"}                            20
      (pool:cost:sum1h                        {pool="support"}                         7
      namespace_owner:cost:sum1h {namespace="shop",team="web",cost_center="cc-1"}      48.75375
      namespace_owner:cost:sum1h {namespace="shop",team="pay",cost_center="cc-2"}      16.25125
      namespace_owner:cost:sum1h {namespace="search",team="web",cost_center="cc-1"}    25
      allocation_weight                       {namespace="shop",basis="request"}       0.7
      allocation_weight                       {namespace="shop",basis="usage"}         0.3
      allocation_weight                       {namespace="search",basis="usage"}       1
      pool_split_info                         {pool="idle",split="driver"}             1
      driver_missing                          {pool="idle"}                            1
      currency_info                           {currency="USD"}                         1
      rules:info                              {version="r1"}                           1
      """;

  private Statements() {}

  public static Statement october(String recorded, String... clusters) {
    return october(recorded, GlAccounts.none(), clusters);
  }

  static Statement october(String recorded, GlAccounts accounts, String... clusters) {
    try (FakePrometheus prometheus = FakePrometheus.recording(at(OCTOBER, recorded))) {
      return new StatementReader(prometheus.client(), accounts)
          .read(OCTOBER, new TreeSet<>(Set.of(clusters)));
    }
  }

  /** Lines for {@link FakePrometheus}, at the time when a period is asked for. */
  public static String at(Period period, String recorded) {
    return recorded
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> period.at() + " " + line)
        .collect(joining("\n"));
  }

  static BigDecimal sum(Statement statement) {
    return statement.lines().stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
