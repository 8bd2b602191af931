package io.namespend.exporter.price;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.currency.SourceCurrency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Price sources in order of trust. The first that knows wins; a source that only estimates is asked
 * last; the fallback always answers. Discounts come after.
 */
public final class PriceChain {
  private final List<PriceSource> sources;
  private final List<Discount> discounts;

  /**
   * @param sources without the fallback
   * @param discounts of which the first that applies to an object counts
   * @param capacity for the fallback's price of nodes
   */
  public PriceChain(List<PriceSource> sources, List<Discount> discounts, NodeCapacity capacity) {
    this(sources, discounts, capacity, () -> RatesInForce.none(SourceCurrency.DOLLAR));
  }

  /**
   * @param sources without the fallback, whose prices are in the currency of the rates
   * @param discounts of which the first that applies to an object counts
   * @param capacity for the fallback's price of nodes
   * @param rates for the fallback, which is in dollars
   */
  public PriceChain(
      List<PriceSource> sources,
      List<Discount> discounts,
      NodeCapacity capacity,
      Supplier<RatesInForce> rates) {
    this.sources = new ArrayList<>(sources);
    this.sources.add(
        new ConvertedPrices(
            new FallbackPrices(capacity::of),
            region -> SourceCurrency.DOLLAR,
            rates,
            Optional.of(Quote.estimate(0, "none", PriceBasis.LIST, EstimateReason.CURRENCY))));
    this.discounts = List.copyOf(discounts);
  }

  private PriceChain(List<PriceSource> sources, List<Discount> discounts) {
    this.sources = sources;
    this.discounts = discounts;
  }

  /** This chain with what each source knows now: prices of one moment, whatever is refreshed. */
  PriceChain snapshot() {
    return new PriceChain(sources.stream().map(PriceSource::snapshot).toList(), discounts);
  }

  /**
   * Shows a whole cluster to the sources, before its objects are asked for.
   *
   * @return whether answers may differ from those before
   */
  public boolean look(ClusterSnapshot cluster) {
    boolean differs = false;
    for (PriceSource source : sources) {
      differs |= source.look(cluster);
    }
    return differs;
  }

  /** How the cluster that was looked at last fits the bill; empty without one. */
  Optional<BillCoverage> coverage() {
    return sources.stream().flatMap(source -> source.coverage().stream()).findFirst();
  }

  public Quote node(Node node) {
    Quote quote = undiscounted(node);
    return discounted(quote, discount -> discount.appliesTo(node, quote.basis()));
  }

  /** Per GiB-hour. */
  public Quote volume(Volume volume, ClusterPlace place) {
    Quote quote = winner(source -> source.volume(volume, place)).orElseThrow();
    return discountedAt(place, quote);
  }

  public Quote loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    return discountedAt(
        place, winner(source -> source.loadBalancer(loadBalancer, place)).orElseThrow());
  }

  /** Empty for a cluster that nobody runs for money. */
  public Optional<Quote> controlPlane(ClusterPlace place) {
    return winner(source -> source.controlPlane(place)).map(quote -> discountedAt(place, quote));
  }

  /** Per GiB. */
  public Quote egress(EgressKind kind, ClusterPlace place) {
    return discountedAt(place, winner(source -> source.egress(kind, place)).orElseThrow());
  }

  /** What every source says of a node, in the order in which they are asked. */
  public List<Answer> explain(Node node) {
    return sources.stream().map(source -> new Answer(source.name(), ask(source, node))).toList();
  }

  /** The percentage that comes off a quote for a node; 0 if none applies. */
  public double discountPercent(Node node, Quote quote) {
    return percent(discount -> discount.appliesTo(node, quote.basis()));
  }

  /** The quote for a node before any discount. */
  public Quote undiscounted(Node node) {
    return winner(source -> ask(source, node)).orElseThrow();
  }

  /** No list has a price of a virtual node, whatever instance type it says it is. */
  private static Optional<Quote> ask(PriceSource source, Node node) {
    Optional<Quote> quote = source.node(node);
    if (node.virtual().isPresent() && !source.name().equals(FallbackPrices.NAME)) {
      return quote.filter(PriceChain::isOwn);
    }
    return node.deviceShares().isGuessed()
        ? quote.map(known -> isOwn(known) ? known : known.doubted(EstimateReason.GPUS))
        : quote;
  }

  /** Whether it is what the user pays, whatever the node has. */
  private static boolean isOwn(Quote quote) {
    return switch (quote.basis()) {
      case BILLED, AGREED -> true;
      case LIST, SPOT -> false;
    };
  }

  /**
   * What a source says.
   *
   * @param quote empty if it does not know
   */
  public record Answer(String source, Optional<Quote> quote) {}

  private Optional<Quote> winner(Function<PriceSource, Optional<Quote>> question) {
    Optional<Quote> estimate = Optional.empty();
    for (PriceSource source : sources) {
      Optional<Quote> quote = question.apply(source);
      if (quote.isPresent() && !quote.get().estimated()) {
        return quote;
      }
      estimate = estimate.isPresent() ? estimate : quote;
    }
    return estimate;
  }

  private Quote discountedAt(ClusterPlace place, Quote quote) {
    return discounted(
        quote, discount -> discount.appliesTo(place.provider(), place.region(), quote.basis()));
  }

  private Quote discounted(Quote quote, Predicate<Discount> applies) {
    return quote.withAmount(quote.amount() * (1 - percent(applies) / 100));
  }

  private double percent(Predicate<Discount> applies) {
    return discounts.stream().filter(applies).findFirst().map(Discount::percent).orElse(0.0);
  }
}
