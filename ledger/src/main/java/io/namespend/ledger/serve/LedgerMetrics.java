package io.namespend.ledger.serve;

import io.namespend.foundation.settings.Constant;
import io.namespend.ledger.reconcile.Reconciliation.ClusterSums;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The ledger's series, from what was read last: a scrape reads no books and asks nobody. */
final class LedgerMetrics {
  private final BookReader books;
  private final Optional<Reconciler> reconciler;
  private final PrometheusRegistry registry;

  LedgerMetrics(BookReader books, Optional<Reconciler> reconciler, PrometheusRegistry registry) {
    this.books = books;
    this.reconciler = reconciler;
    this.registry = registry;
  }

  void register(List<Rounds> rounds) {
    ofMonths(
        "namespend_ledger_billed_cost",
        "What the month's invoice says, by class of line and cluster; the cluster is empty for"
            + " lines that name none.",
        List.of("source", "month", "class", "cluster", "currency"),
        (month, sample) ->
            month
                .totals()
                .forEach(
                    total ->
                        sample.call(
                            total.costs().billed().decimal().doubleValue(),
                            month.version().source(),
                            month.version().period().toString(),
                            Constant.text(total.lineClass()),
                            total.cluster(),
                            month.version().currency())));
    ofVersions(
        "namespend_ledger_versions",
        "Versions of the month's bill that were imported.",
        ServedBooks.Month::imported);
    ofVersions(
        "namespend_ledger_delivered_timestamp_seconds",
        "When the provider delivered the version in the books.",
        month -> month.version().delivered().toEpochMilli() / 1e3);
    ofVersions(
        "namespend_ledger_billed_until_timestamp_seconds",
        "The end of the last day with usage in the bill.",
        month -> month.version().until().plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    health(rounds);
    reconciler.ifPresent(this::ofNodes);
  }

  private void health(List<Rounds> rounds) {
    CounterWithCallback.builder()
        .name("namespend_ledger_failures_total")
        .help("Rounds that failed, of reading the books and of comparing with Prometheus.")
        .labelNames("work")
        .callback(
            sample -> rounds.forEach(each -> sample.call((double) each.failures(), each.name())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("namespend_ledger_failing")
        .help("1 if the last round failed: what is served is older than it should be.")
        .labelNames("work")
        .callback(
            sample -> rounds.forEach(each -> sample.call(each.isFailing() ? 1 : 0, each.name())))
        .register(registry);
  }

  private void ofNodes(Reconciler of) {
    GaugeWithCallback.builder()
        .name("namespend_ledger_reconciled_timestamp_seconds")
        .help("When recorded and billed nodes were compared last.")
        .callback(
            sample -> of.reconciled().at().ifPresent(at -> sample.call(at.toEpochMilli() / 1e3)))
        .register(registry);
    ofClusters(
        of,
        "namespend_ledger_node_recorded_cost",
        "What Prometheus recorded for nodes with a line in the bill, up to its last day.",
        sums -> sums.recorded());
    ofClusters(
        of,
        "namespend_ledger_node_effective_cost",
        "What the lines of these nodes cost, amortized.",
        sums -> sums.billed());
    ofClusters(
        of,
        "namespend_ledger_node_variance_cost",
        "How much more was recorded for these nodes than billed.",
        sums -> sums.recorded().subtract(sums.billed()));
    GaugeWithCallback.builder()
        .name("namespend_ledger_node_unmatched_cost")
        .help(
            "Nodes without a line (recorded), and machines that were no node (billed, without a"
                + " cluster).")
        .labelNames("month", "cluster", "currency", "side")
        .callback(
            sample ->
                of.reconciled()
                    .months()
                    .forEach(
                        month -> {
                          String name = month.month().toString();
                          month
                              .clusters()
                              .forEach(
                                  (cluster, sums) ->
                                      sample.call(
                                          sums.unbilled().doubleValue(),
                                          name,
                                          cluster,
                                          month.currency(),
                                          "recorded"));
                          sample.call(
                              month.withoutNode().doubleValue(),
                              name,
                              "",
                              month.currency(),
                              "billed");
                        }))
        .register(registry);
  }

  private void ofClusters(
      Reconciler of, String name, String help, Function<ClusterSums, BigDecimal> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("month", "cluster", "currency")
        .callback(
            sample ->
                of.reconciled()
                    .months()
                    .forEach(
                        month ->
                            month
                                .clusters()
                                .forEach(
                                    (cluster, sums) ->
                                        sample.call(
                                            value.apply(sums).doubleValue(),
                                            month.month().toString(),
                                            cluster,
                                            month.currency()))))
        .register(registry);
  }

  private void ofVersions(String name, String help, Function<ServedBooks.Month, Number> value) {
    ofMonths(
        name,
        help,
        List.of("source", "month"),
        (month, sample) ->
            sample.call(
                value.apply(month).doubleValue(),
                month.version().source(),
                month.version().period().toString()));
  }

  private void ofMonths(
      String name,
      String help,
      List<String> labels,
      BiConsumer<ServedBooks.Month, GaugeWithCallback.Callback> samples) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .callback(
            sample ->
                books
                    .served()
                    .ifPresent(all -> all.months().forEach(month -> samples.accept(month, sample))))
        .register(registry);
  }
}
