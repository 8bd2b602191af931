package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.LoadBalancer;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Resources;
import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The price tables in the jar, for every provider: there at once, without network. */
public final class BuiltinPrices implements PriceSource {
  private static final String NAME = "builtin";
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
    providers =
        List.of(
            new AwsListPrices(NAME, this::aws, Optional.of("us-east-1")),
            new AzureListPrices(NAME, azure, Optional.of("eastus")),
            new GcpListPrices(NAME, gcp, Optional.of("us-central1")));
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
    return Stream.of(awsInstances, azure)
        .flatMap(table -> table.resources(instanceType).stream())
        .findFirst()
        .or(() -> MachineType.of(instanceType).resources());
  }

  /** Names of instance types that have a price, of Google the usual sizes of each family. */
  public Set<String> typeNames() {
    Set<String> types = new HashSet<>(awsInstances.items());
    types.addAll(azure.items());
    for (String item : gcp.items()) {
      if (item.startsWith(CPU) && !item.endsWith("-custom")) {
        USUAL_SIZES.forEach(size -> types.add(item.substring(CPU.length()) + size));
      } else if (item.startsWith(MACHINE)) {
        types.add(item.substring(MACHINE.length()).replaceFirst("/spot$", ""));
      }
    }
    return types;
  }

  private OptionalDouble aws(String item, String place) {
    OptionalDouble instance = awsInstances.price(item, place);
    return instance.isPresent() ? instance : awsOther.price(item, place);
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
