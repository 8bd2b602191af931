package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.refresh.Refreshed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Prices that the user wrote down: on premises, other clouds, negotiated. The first line that
 * matches wins. Read again when the file changes.
 */
public final class SheetPrices implements PriceSource, Refreshed {
  private static final String NAME = "sheet";

  private final ChangedFile file;
  private final Supplier<RatesInForce> rates;
  private volatile List<SheetRow> rows = List.of();

  /**
   * @param currency that every price must be in
   */
  public SheetPrices(Path file, String currency) {
    this(file, () -> RatesInForce.none(currency));
  }

  /**
   * @param rates to convert prices in other currencies by
   */
  public SheetPrices(Path file, Supplier<RatesInForce> rates) {
    this.file = new ChangedFile(file);
    this.rates = rates;
  }

  private SheetPrices(SheetPrices now) {
    this.file = now.file;
    this.rates = now.rates;
    this.rows = now.rows;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PriceSource snapshot() {
    return new SheetPrices(this);
  }

  @Override
  public boolean refresh(Instant now) throws IOException {
    RatesInForce inForce = rates.get();
    return file.ifChanged(inForce, path -> read(path, inForce));
  }

  /** Keys of the node labels that the sheet selects by. */
  public Set<String> labelKeys() {
    return keys(rows);
  }

  @Override
  public Optional<Quote> node(Node node) {
    return first(row -> row.matches(node));
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    String region = volume.region().isEmpty() ? place.region() : volume.region();
    return first(row -> row.matches(volume, region));
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    return first(row -> row.matches(SheetKind.LOAD_BALANCER, place.region()));
  }

  @Override
  public Optional<Quote> controlPlane(ClusterPlace place) {
    return first(row -> row.matches(SheetKind.CONTROL_PLANE, place.region()));
  }

  @Override
  public Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
    SheetKind wanted =
        switch (kind) {
          case ZONE -> SheetKind.EGRESS_ZONE;
          case REGION -> SheetKind.EGRESS_REGION;
          case INTERNET -> SheetKind.EGRESS_INTERNET;
        };
    return first(row -> row.matches(wanted, place.region()));
  }

  private void read(Path path, RatesInForce inForce) throws IOException {
    List<SheetRow> read = new SheetReader(inForce).read(path);
    Set<String> keys = keys(read);
    if (!rows.isEmpty() && !keys(rows).containsAll(keys)) {
      keys.removeAll(keys(rows));
      throw new IOException(
          "%s now selects by the node labels %s, which were not kept; restart the exporter"
              .formatted(path, keys));
    }
    rows = read;
  }

  private static Set<String> keys(List<SheetRow> rows) {
    return rows.stream()
        .flatMap(row -> row.selector().stream())
        .flatMap(selector -> selector.keys().stream())
        .collect(Collectors.toSet());
  }

  private Optional<Quote> first(Predicate<SheetRow> matches) {
    return rows.stream()
        .filter(matches)
        .findFirst()
        .map(row -> Quote.known(row.amount(), NAME, PriceBasis.AGREED));
  }
}
