package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.LoadBalancer;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.RatesInForce;
import io.namespend.exporter.price.Refreshed;
import io.namespend.exporter.settings.InvalidSettingsException;
import io.namespend.exporter.settings.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What resources really cost by the bill: {@code resource_id,hourly} and optionally {@code
 * currency}. A resource is known by the last part of its id, so that an ARN, a provider ID and a
 * bare id are the same.
 */
public final class BillPrices implements PriceSource, Refreshed {
  private static final String NAME = "bill";
  private static final Set<String> COLUMNS = Set.of("resource_id", "hourly", "currency");

  /** AWS bills {@code loadbalancer/net/NAME/HASH}; the host name begins with {@code NAME-HASH}. */
  private static final Pattern AWS_LOAD_BALANCER =
      Pattern.compile(".*loadbalancer/(?:net|app|gwy)/([^/]+)/([^/]+)");

  private final ChangedFile file;
  private final Supplier<RatesInForce> rates;
  private volatile Map<String, Double> hourlyOfId = Map.of();

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
    this.file = new ChangedFile(file);
    this.rates = rates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean refresh(Instant now) throws IOException {
    RatesInForce inForce = rates.get();
    return file.ifChanged(inForce, path -> hourlyOfId = read(path, inForce));
  }

  @Override
  public Optional<Quote> node(Node node) {
    return quote(lastSegment(node.providerId()));
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    return volume.gib() > 0
        ? quote(lastSegment(volume.providerId()))
            .map(whole -> Quote.known(whole.amount() / volume.gib(), NAME, PriceBasis.BILLED))
        : Optional.empty();
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    String address = loadBalancer.ingress();
    String host = address.contains(".elb.") ? address.substring(0, address.indexOf('.')) : address;
    String id = host.startsWith("internal-") ? host.substring("internal-".length()) : host;
    int dash = id.lastIndexOf('-');
    // A classic load balancer is billed without the number at the end of its host name.
    return Stream.of(address, id, dash < 0 ? id : id.substring(0, dash))
        .flatMap(key -> quote(key).stream())
        .findFirst();
  }

  private Optional<Quote> quote(String id) {
    Double hourly = hourlyOfId.get(id);
    return hourly == null || id.isEmpty()
        ? Optional.empty()
        : Optional.of(Quote.known(hourly, NAME, PriceBasis.BILLED));
  }

  private Map<String, Double> read(Path path, RatesInForce inForce) throws IOException {
    List<Problem> problems = new ArrayList<>();
    Map<String, Double> prices = new HashMap<>();
    for (CsvTable.Row row : CsvTable.read(Files.readAllLines(path))) {
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
              hourly -> prices.merge(key(id), hourly * factor.orElse(1), Double::sum),
              () ->
                  problems.add(
                      new Problem(
                          line + ", hourly",
                          row.fields().getOrDefault("hourly", ""),
                          "write a price per hour of at least 0")));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(path.toString(), problems);
    }
    return Map.copyOf(prices);
  }

  private static Optional<Double> hourly(CsvTable.Row row) {
    try {
      double hourly = Double.parseDouble(row.fields().getOrDefault("hourly", ""));
      return hourly >= 0 && !Double.isInfinite(hourly) ? Optional.of(hourly) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String key(String resourceId) {
    var balancer = AWS_LOAD_BALANCER.matcher(resourceId);
    return balancer.matches()
        ? balancer.group(1) + "-" + balancer.group(2)
        : lastSegment(resourceId);
  }

  private static String lastSegment(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
