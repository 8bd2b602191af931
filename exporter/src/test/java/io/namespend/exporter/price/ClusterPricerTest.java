package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterPricerTest {
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      status: {capacity: {cpu: 4, memory: 16Gi}}
      """;
  private final CountingPrices prices = new CountingPrices();
  private final ClusterPricer pricer = pricer(prices);

  @Test
  void whatIsAsItWasKeepsItsPriceUntilPricesMayHaveChanged() {
    assertThat(amounts(cluster("a", "b"))).isEqualTo("[1.0] [1.0, 1.0]");
    prices.amount = 2;
    assertThat(amounts(cluster("a", "b"))).isEqualTo("[1.0] [1.0, 1.0]");
    assertThat(prices.asked).isEqualTo(3);

    pricer.reprice();
    assertThat(amounts(cluster("a", "b"))).isEqualTo("[2.0] [2.0, 2.0]");
    assertThat(prices.asked).isEqualTo(6);
  }

  /** Sources are refreshed on other threads, question by question, while a cluster is priced. */
  @Test
  void everythingHasThePricesOfOneMoment() {
    assertThat(amounts(cluster("a"))).isEqualTo("[1.0] [1.0]");

    prices.amount = 2;
    assertThat(amounts(cluster("a", "b"))).as("b is new").isEqualTo("[1.0] [1.0, 1.0]");
    assertThat(egress()).isEqualTo(1);

    pricer.reprice();
    prices.whenAsked = () -> prices.amount = 3;
    assertThat(amounts(cluster("a", "b"))).isEqualTo("[2.0] [2.0, 2.0]");
    assertThat(egress()).isEqualTo(2);
  }

  private double egress() {
    Quote zone = pricer.price(cluster("a", "b")).egress().get(EgressKind.ZONE);
    return requireNonNull(zone).amount();
  }

  /** What runs on a virtual node changes it with every pod, and no other node. */
  @Test
  void onlyNodesThatChangedAreAskedForAnew() {
    String virtual =
        """
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: n2, labels: {type: virtual-kubelet}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {namespace: shop, name: web}
        spec: {nodeName: n2, containers: [{name: c, resources: {requests: {cpu: %d}}}]}
        """;
    for (int cores : new int[] {1, 2, 2, 3}) {
      pricer.price(ClusterYaml.snapshot(NODE + virtual.formatted(cores)));
    }
    assertThat(prices.asked).as("one machine once, one virtual node three times").isEqualTo(4);

    String another = NODE.replace("n1", "n0") + "---\n";
    assertThat(amounts(ClusterYaml.snapshot(another + NODE + virtual.formatted(3))))
        .isEqualTo("[1.0, 1.0, 1.0] []");
    assertThat(prices.asked).isEqualTo(5);
    pricer.price(ClusterYaml.snapshot(NODE));
    assertThat(prices.asked).as("those that went are no loss").isEqualTo(5);
  }

  @Test
  void aNewVolumeHasItsPriceAtOnce() {
    assertThat(amounts(cluster("a"))).isEqualTo("[1.0] [1.0]");
    assertThat(amounts(cluster("a", "b"))).isEqualTo("[1.0] [1.0, 1.0]");
    assertThat(amounts(cluster())).isEqualTo("[1.0] []");
  }

  private String amounts(ClusterSnapshot cluster) {
    PricedCluster priced = pricer.price(cluster);
    return priced.nodes().stream().map(node -> node.quote().amount()).toList()
        + " "
        + priced.volumes().stream().map(volume -> volume.perGibHour().amount()).toList();
  }

  private static ClusterSnapshot cluster(String... volumes) {
    StringBuilder yaml = new StringBuilder(NODE);
    for (String volume : volumes) {
      yaml.append(
          """
          ---
          apiVersion: v1
          kind: PersistentVolume
          metadata: {name: %s}
          spec: {capacity: {storage: 10Gi}}
          """
              .formatted(volume));
    }
    return ClusterYaml.snapshot(yaml.toString());
  }

  private static ClusterPricer pricer(PriceSource source) {
    NodeCapacity capacity = new NodeCapacity(type -> Optional.empty());
    PriceChain chain = new PriceChain(List.of(source), List.of(), capacity);
    return new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST));
  }

  /** Counts how often it is asked for a node or volume. */
  private static final class CountingPrices implements PriceSource {
    private double amount = 1;
    private int asked;
    private Runnable whenAsked = () -> {};

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Optional<Quote> node(Node node) {
      return quote(amount, PriceBasis.AGREED);
    }

    @Override
    public Optional<Quote> volume(Volume volume, ClusterPlace place) {
      return quote(amount, PriceBasis.LIST);
    }

    @Override
    public Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
      return Optional.of(Quote.known(amount, name(), PriceBasis.LIST));
    }

    private Optional<Quote> quote(double now, PriceBasis basis) {
      asked++;
      whenAsked.run();
      return Optional.of(Quote.known(now, name(), basis));
    }

    @Override
    public PriceSource snapshot() {
      double now = amount;
      return new PriceSource() {
        @Override
        public String name() {
          return CountingPrices.this.name();
        }

        @Override
        public Optional<Quote> node(Node node) {
          return quote(now, PriceBasis.AGREED);
        }

        @Override
        public Optional<Quote> volume(Volume volume, ClusterPlace place) {
          return quote(now, PriceBasis.LIST);
        }

        @Override
        public Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
          return Optional.of(Quote.known(now, name(), PriceBasis.LIST));
        }
      };
    }
  }
}
