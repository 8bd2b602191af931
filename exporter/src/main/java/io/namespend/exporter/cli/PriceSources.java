package io.namespend.exporter.cli;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.ConvertedPrices;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.currency.SourceCurrency;
import io.namespend.exporter.price.file.BillPrices;
import io.namespend.exporter.price.file.SheetPrices;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.list.AzureListPrices;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.exporter.price.list.FirstKnownPrices;
import io.namespend.exporter.price.list.GcpListPrices;
import io.namespend.exporter.price.list.ItemPrices;
import io.namespend.exporter.price.online.OnlinePrices;
import io.namespend.exporter.price.online.OnlineSources;
import io.namespend.exporter.price.refresh.Refreshed;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.price.settings.PriceSettings.BillSettings;
import io.namespend.exporter.price.settings.PriceSettings.SourceName;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The price sources of a policy, in its order. */
final class PriceSources {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  private final PriceSettings settings;
  private final String currency;
  private final Supplier<RatesInForce> rates;
  private final OnlineSources online;
  private final BuiltinPrices builtin;
  private final Clock clock;
  private final List<PriceSource> sources = new ArrayList<>();
  private final List<Refreshed> refreshed = new ArrayList<>();
  private final Set<String> nodeLabels = new HashSet<>(Set.of(GcpListPrices.ACCELERATOR_LABEL));

  private PriceSources(
      PriceSettings settings,
      Supplier<RatesInForce> rates,
      Supplier<ClusterSnapshot> cluster,
      Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.builtin = new BuiltinPrices(clock);
    this.rates = rates;
    this.currency = rates.get().currency();
    this.online = new OnlineSources(settings, currency, cluster, clock);
  }

  /**
   * Opens every source; calls nobody.
   *
   * @param rates by which prices become those of the policy's currency, which never changes
   * @param cluster what online sources are asked for
   * @throws CannotStartException if the price sheet is wrong
   */
  static PriceSources open(
      PriceSettings settings,
      Supplier<RatesInForce> rates,
      Supplier<ClusterSnapshot> cluster,
      Clock clock) {
    return open(settings, rates, cluster, clock, List.of());
  }

  /**
   * Opens every source; calls nobody.
   *
   * @param otherNodeLabels of nodes that somebody else looks at
   */
  static PriceSources open(
      PriceSettings settings,
      Supplier<RatesInForce> rates,
      Supplier<ClusterSnapshot> cluster,
      Clock clock,
      Collection<String> otherNodeLabels) {
    PriceSources all = new PriceSources(settings, rates, cluster, clock);
    all.nodeLabels.addAll(otherNodeLabels);
    settings.sources().forEach(name -> all.open(name, clock));
    return all;
  }

  /** Labels of nodes that somebody looks at. */
  NodeLabels nodeLabels() {
    return new NodeLabels(nodeLabels, settings.spotLabels());
  }

  /** Types that the built-in tables know. */
  Set<String> typeNames() {
    return builtin.typeNames();
  }

  List<Refreshed> refreshed() {
    return refreshed;
  }

  NodeCapacity capacity() {
    return new NodeCapacity(builtin::resources);
  }

  PriceChain chain() {
    return new PriceChain(sources, settings.discounts(), capacity(), rates);
  }

  /** What nodes have that they do not report. */
  InstanceTypes instanceTypes() {
    return builtin::devices;
  }

  ClusterPricer pricer() {
    PriceChain chain = chain();
    return new ClusterPricer(chain, new NodePricer(chain, capacity(), settings.split()));
  }

  private void open(SourceName name, Clock clock) {
    switch (name) {
      case BUILTIN -> sources.add(converted(builtin, region -> SourceCurrency.DOLLAR));
      case SHEET ->
          settings.sheet().ifPresent(file -> addSheet(new SheetPrices(file, rates), clock));
      case BILL -> {
        BillSettings bill = settings.bill();
        bill.file().ifPresent(file -> addBill(new BillPrices(file, rates)));
        bill.url()
            .ifPresent(url -> addBill(new BillPrices(url, bill.refresh(), httpClient(), rates)));
      }
      case AWS -> addAws();
      case AZURE -> {
        OnlinePrices azure = online.azure(httpClient());
        refreshed.add(azure);
        String asked = SourceCurrency.ofAzure(currency);
        sources.add(
            converted(new AzureListPrices("azure", azure, Optional.empty()), region -> asked));
      }
      case GCP -> {
        OnlinePrices gcp = online.gcp(httpClient());
        refreshed.add(gcp);
        sources.add(new GcpListPrices("gcp", gcp, Optional.empty(), clock));
      }
    }
  }

  /** Read at once: its labels must be known before the first node is. */
  private void addSheet(SheetPrices sheet, Clock clock) {
    try {
      sheet.refresh(clock.instant());
    } catch (IOException | InvalidSettingsException e) {
      throw new CannotStartException("price sheet: " + e.getMessage(), e);
    }
    nodeLabels.addAll(sheet.labelKeys());
    sources.add(sheet);
    refreshed.add(sheet);
  }

  private void addBill(BillPrices bill) {
    sources.add(bill);
    refreshed.add(bill);
  }

  private void addAws() {
    SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(READ_TIMEOUT)
            .build();
    AwsCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
    OnlinePrices onDemand = online.aws(http, credentials, AwsRetryStrategy.standardRetryStrategy());
    OnlinePrices spot = online.awsSpot(http, credentials);
    refreshed.add(onDemand);
    refreshed.add(spot);
    ItemPrices both = new FirstKnownPrices(onDemand, spot);
    sources.add(
        converted(new AwsListPrices("aws", both, Optional.empty(), clock), SourceCurrency::ofAws));
  }

  private PriceSource converted(PriceSource source, Function<String, String> currencyOfRegion) {
    return new ConvertedPrices(source, currencyOfRegion, rates);
  }

  private static HttpClient httpClient() {
    return HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  }
}
