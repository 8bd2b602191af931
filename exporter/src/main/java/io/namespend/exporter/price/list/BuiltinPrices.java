package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The price tables in the jar, for every provider: there at once, without network. */
public final class BuiltinPrices implements PriceSource {
  private static final String NAME = "builtin";
  private static final String AWS_REFERENCE = "us-east-1";
  private static final String AZURE_REFERENCE = "eastus";
  private static final String CPU = "cpu/";
  private static final String MACHINE = "machine/";

  /** What nearly every family of Google has. */
  private static final List<String> USUAL_SIZES =
      List.of("standard", "highmem", "highcpu").stream()
          .flatMap(kind -> Stream.of(2, 4, 8, 16, 32).map(cores -> "-" + kind + "-" + cores))
          .toList();

  private final PriceTable awsInstances = new PriceTable("aws-on-demand.csv");
  private final PriceTable awsOther = new PriceTable("aws-other.csv");
  private final PriceTable azure = new PriceTable("azure-on-demand.csv");
  private final PriceTable gcp = new PriceTable("gcp.csv");
  private final List<PriceSource> providers;

  /** Reads the tables; takes some milliseconds. */
  public BuiltinPrices() {
    this(Clock.systemUTC());
  }

  /**
   * Reads the tables; takes some milliseconds.
   *
   * @param clock tells which versions of Kubernetes are in extended support
   */
  public BuiltinPrices(Clock clock) {
    providers =
        List.of(
            new AwsListPrices(NAME, aws(), Optional.of(AWS_REFERENCE), clock),
            new AzureListPrices(
                NAME, scaled(azure, azureFactors(azure)), Optional.of(AZURE_REFERENCE)),
            new GcpListPrices(NAME, gcp, Optional.of("us-central1"), clock));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Quote> node(Node node) {
    return first(provider -> provider.node(node));
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    return first(provider -> provider.volume(volume, place));
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    return first(provider -> provider.loadBalancer(loadBalancer, place));
  }

  @Override
  public Optional<Quote> controlPlane(ClusterPlace place) {
    return first(provider -> provider.controlPlane(place));
  }

  @Override
  public Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
    return first(provider -> provider.egress(kind, place));
  }

  /** What an instance type has, where a table tells. */
  public Optional<Resources> resources(String instanceType) {
    return inTables(instanceType)
        .or(() -> MachineType.of(instanceType).resources())
        .map(known -> known.max(new Resources(0, 0, AttachedDevices.of(instanceType))));
  }

  /** GPUs and other accelerators of an instance type; 0 if it has none or is not known. */
  public double devices(String instanceType) {
    double listed = inTables(instanceType).map(Resources::gpus).orElse(0.0);
    return listed > 0 ? listed : AttachedDevices.of(instanceType);
  }

  private Optional<Resources> inTables(String instanceType) {
    return Stream.of(awsInstances, azure)
        .flatMap(table -> table.resources(instanceType).stream())
        .findFirst();
  }

  private ItemPrices aws() {
    ItemPrices both =
        (item, place) -> {
          OptionalDouble instance = awsInstances.price(item, place);
          return instance.isPresent() ? instance : awsOther.price(item, place);
        };
    return scaled(both, awsFactors(awsInstances));
  }

  static RegionFactors awsFactors(PriceTable table) {
    return new RegionFactors(
        table, AWS_REFERENCE, MachineFamily::ofAws, region -> region.split("-", 2)[0]);
  }

  /** Azure writes eastus2, but also uksouth. */
  static RegionFactors azureFactors(PriceTable table) {
    return new RegionFactors(
        table,
        AZURE_REFERENCE,
        MachineFamily::ofAzure,
        region -> region.matches(".*us\\d*") ? "us" : "elsewhere");
  }

  private static ItemPrices scaled(ItemPrices prices, RegionFactors factors) {
    return new ItemPrices() {
      @Override
      public OptionalDouble price(String item, String place) {
        return prices.price(item, place);
      }

      @Override
      public double regionFactor(String item, String region) {
        return factors.factor(item, region.toLowerCase(Locale.ROOT));
      }
    };
  }

  /** Names of instance types that have a price, of Google the usual sizes of each family. */
  public Set<String> typeNames() {
    Set<String> types = new HashSet<>(awsInstances.names());
    types.addAll(azure.names());
    for (String item : gcp.names()) {
      if (item.startsWith(CPU) && !item.endsWith("-custom")) {
        USUAL_SIZES.forEach(size -> types.add(item.substring(CPU.length()) + size));
      } else if (item.startsWith(MACHINE)) {
        types.add(item.substring(MACHINE.length()).replaceFirst("/spot$", ""));
      }
    }
    return types;
  }

  /** Names of types and drivers belong to one provider, so at most one of them knows. */
  private Optional<Quote> first(Function<PriceSource, Optional<Quote>> question) {
    for (PriceSource provider : providers) {
      Optional<Quote> quote = question.apply(provider);
      if (quote.isPresent()) {
        return quote;
      }
    }
    return Optional.empty();
  }
}
