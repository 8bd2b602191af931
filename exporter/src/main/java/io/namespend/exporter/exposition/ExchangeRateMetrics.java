package io.namespend.exporter.exposition;

import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** By what prices of other currencies are converted; without series where none are. */
public final class ExchangeRateMetrics implements MultiCollector {
  private final Supplier<RatesInForce> rates;

  public ExchangeRateMetrics(Supplier<RatesInForce> rates) {
    this.rates = rates;
  }

  @Override
  public MetricSnapshots collect() {
    RatesInForce now = rates.get();
    var values =
        new GaugeFamily(
            "namespend_exchange_rate",
            "[STABLE] What one unit of another currency is in the policy's; prices in it are"
                + " multiplied by this. From the policy.",
            "from",
            "to");
    var begins =
        new GaugeFamily(
            "namespend_exchange_rate_timestamp_seconds",
            "[STABLE] Since when the exchange rate holds. From the policy.",
            "from",
            "to");
    List<ExchangeRate> inForce =
        now.byCurrency().values().stream()
            .sorted(Comparator.comparing(ExchangeRate::from))
            .toList();
    for (ExchangeRate rate : inForce) {
      values.add(rate.rate(), rate.from(), now.currency());
      begins.add((double) rate.since().getEpochSecond(), rate.from(), now.currency());
    }
    return MetricSnapshots.of(values.snapshot(), begins.snapshot());
  }
}
