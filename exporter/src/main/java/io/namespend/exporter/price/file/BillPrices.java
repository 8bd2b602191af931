package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.BillCoverage;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.refresh.Refreshed;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.foundation.settings.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What resources really cost by the bill: {@code resource_id,hourly} and optionally {@code
 * currency}. {@link BillMatch} finds the object of a line.
 */
public final class BillPrices implements PriceSource, Refreshed {
  private static final String NAME = "bill";
  private static final Set<String> COLUMNS = Set.of("resource_id", "hourly", "currency");

  private final BillOrigin origin;
  private final Supplier<RatesInForce> rates;

  /** Empty before the file was read. */
  private volatile Optional<BillLines> lines = Optional.empty();

  private volatile @Nullable Looked looked;

  /**
   * What was looked at last.
   *
   * @param lines the very ones
   */
  private record Looked(BillLines lines, ClusterSnapshot cluster, BillMatch match) {
    @SuppressWarnings("ReferenceEquality") // they are read once and never changed
    boolean isBy(BillLines current) {
      return lines == current;
    }

    boolean isStill(BillLines current, ClusterSnapshot now) {
      return isBy(current)
          && cluster.nodes().equals(now.nodes())
          && cluster.volumes().equals(now.volumes())
          && cluster.loadBalancers().equals(now.loadBalancers());
    }
  }

  /**
   * @param currency that every price must be in
   */
  public BillPrices(Path file, String currency) {
    this(file, () -> RatesInForce.none(currency));
  }

  /**
   * @param rates to convert prices in other currencies by
   */
  public BillPrices(Path file, Supplier<RatesInForce> rates) {
    this(new BillFile(file), rates);
  }

  /**
   * @param address of a server that has it, such as a ledger
   * @param interval between two calls
   * @param http follows no redirects
   */
  public BillPrices(URI address, Duration interval, HttpClient http, Supplier<RatesInForce> rates) {
    this(new BillAddress(address, interval, http), rates);
  }

  private BillPrices(BillOrigin origin, Supplier<RatesInForce> rates) {
    this.origin = origin;
    this.rates = rates;
  }

  private BillPrices(BillPrices now) {
    this.origin = now.origin;
    this.rates = now.rates;
    this.lines = now.lines;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PriceSource snapshot() {
    return new BillPrices(this);
  }

  @Override
  public boolean refresh(Instant now) throws IOException, InterruptedException {
    RatesInForce inForce = rates.get();
    return origin.ifChanged(
        now, inForce, (name, rows) -> lines = Optional.of(read(name, rows, inForce)));
  }

  @Override
  public Optional<Instant> asOf(Instant now) {
    return origin.asOf(now);
  }

  @Override
  public boolean look(ClusterSnapshot cluster) {
    BillLines current = lines.orElse(BillLines.NONE);
    Looked before = looked;
    if (before != null && before.isStill(current, cluster)) {
      return false;
    }
    BillMatch match =
        before != null && before.isBy(current)
            ? before.match.of(cluster)
            : new BillMatch(current, cluster);
    looked =
        new Looked(
            current,
            new ClusterSnapshot(
                cluster.nodes(), List.of(), List.of(), cluster.volumes(), cluster.loadBalancers()),
            match);
    return before == null || !match.pricesAs(before.match);
  }

  @Override
  public Optional<BillCoverage> coverage() {
    Looked now = looked;
    return lines.isEmpty() || now == null ? Optional.empty() : Optional.of(now.match.coverage());
  }

  @Override
  public Optional<Quote> node(Node node) {
    return match(new ClusterSnapshot(List.of(node), List.of(), List.of()))
        .hourly(node)
        .map(BillPrices::quote);
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    return match(new ClusterSnapshot(List.of(), List.of(), List.of(), List.of(volume), List.of()))
        .hourly(volume)
        // Of the part of a shared disk that the volume pays for.
        .map(hourly -> quote(hourly / volume.gib() / volume.share()));
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    return match(
            new ClusterSnapshot(List.of(), List.of(), List.of(), List.of(), List.of(loadBalancer)))
        .hourly(loadBalancer)
        .map(BillPrices::quote);
  }

  /**
   * @param alone what is asked for, where no cluster was looked at
   */
  private BillMatch match(ClusterSnapshot alone) {
    Looked now = looked;
    return now == null ? new BillMatch(lines.orElse(BillLines.NONE), alone) : now.match;
  }

  private static Quote quote(double hourly) {
    return Quote.known(hourly, NAME, PriceBasis.BILLED);
  }

  private static BillLines read(String name, List<CsvTable.Row> rows, RatesInForce inForce) {
    List<Problem> problems = new ArrayList<>();
    Map<BillId, BillLine> byId = new HashMap<>();
    for (CsvTable.Row row : rows) {
      String line = "line " + row.line();
      String id = row.fields().getOrDefault("resource_id", "");
      if (id.isEmpty()) {
        problems.add(new Problem(line + ", resource_id", id, "write the id of the resource"));
      }
      row.fields().keySet().stream()
          .filter(column -> !COLUMNS.contains(column))
          .forEach(
              column ->
                  problems.add(
                      new Problem(
                          line, column, "unknown column; known: resource_id, hourly, currency")));
      String currency = row.fields().getOrDefault("currency", inForce.currency());
      OptionalDouble factor = inForce.factor(currency);
      if (factor.isEmpty()) {
        problems.add(new Problem(line + ", currency", currency, inForce.remedy()));
      }
      hourly(row)
          .ifPresentOrElse(
              hourly -> {
                BillId whole = BillId.of(id);
                byId.merge(
                    whole, new BillLine(whole, 1, hourly * factor.orElse(1)), BillLine::plus);
              },
              () ->
                  problems.add(
                      new Problem(
                          line + ", hourly",
                          row.fields().getOrDefault("hourly", ""),
                          "write a price per hour of at least 0")));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(name, problems);
    }
    return new BillLines(byId.values());
  }

  private static Optional<Double> hourly(CsvTable.Row row) {
    try {
      double hourly = Double.parseDouble(row.fields().getOrDefault("hourly", ""));
      return hourly >= 0 && !Double.isInfinite(hourly) ? Optional.of(hourly) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
