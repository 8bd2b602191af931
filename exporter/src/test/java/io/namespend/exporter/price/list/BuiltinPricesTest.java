package io.namespend.exporter.price.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.FargatePod;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.Quote;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltinPricesTest {
  private static final BuiltinPrices BUILTIN = new BuiltinPrices();
  private static final ClusterPlace VIRGINIA =
      new ClusterPlace(Provider.AWS, "us-east-1", Distribution.EKS);

  @Test
  void knowsAwsNodes() {
    assertThat(text(Nodes.aws("m5.xlarge", "us-east-1"))).isEqualTo("0.192000 builtin");
    assertThat(text(Nodes.spot("m5.xlarge", "us-east-1a")))
        .isEqualTo("0.076800 builtin-spot-estimate guess");
  }

  @Test
  void scalesTheReferencePriceOfATypeThatItsRegionLacksByTheNearestOlderFamily() {
    // 0.1632 in us-east-1, where an m6g.xlarge costs 0.154 and here 0.184.
    assertThat(text(Nodes.aws("m7g.xlarge", "eu-central-1")))
        .isEqualTo("0.194992 builtin-region-estimate guess");
    // 21.957642 there; p3 costs 1.08 times as much here.
    assertThat(text(Nodes.aws("p4d.24xlarge", "eu-west-1")))
        .isEqualTo("23.715689 builtin-region-estimate guess");
    // A region that the table lacks: the middle of its part of the world.
    assertThat(text(Nodes.aws("m5.xlarge", "eu-south-2")))
        .isEqualTo("0.223000 builtin-region-estimate guess");
  }

  @Test
  void theTierOfAksCannotBeTold() {
    Quote aks =
        BUILTIN
            .controlPlane(new ClusterPlace(Provider.AZURE, "eastus", Distribution.AKS))
            .orElseThrow();

    assertThat(aks.amount()).isEqualTo(0.1);
    assertThat(aks.doubts()).containsExactly(EstimateReason.TIER);
    assertThat(BUILTIN.controlPlane(VIRGINIA).orElseThrow().doubts())
        .as("of unknown version")
        .containsExactly(EstimateReason.TIER);
    assertThat(BUILTIN.controlPlane(new ClusterPlace(Provider.OTHER, "site-1", Distribution.OTHER)))
        .as("EKS Anywhere and others")
        .isEmpty();
  }

  @Test
  void comparesSizesAndRegionsWithoutCase() {
    assertThat(text(Nodes.azure("standard_d4S_V5", "EastUS", CapacityType.ON_DEMAND)))
        .isEqualTo("0.192000 builtin");
    assertThat(text(Nodes.aws("M5.xlarge", "US-East-1"))).isEqualTo("0.192000 builtin");
  }

  @Test
  void tookTheWindowsLicenseOffAzurePrices() {
    assertThat(text(Nodes.azure("Standard_D8ads_v5", "westeurope", CapacityType.ON_DEMAND)))
        .isEqualTo("0.500000 builtin");
  }

  @Test
  void pricesGoogleMachinesAsAWholeAndOldOnesWithTheirGpus() {
    Resources capacity = Resources.ofGib(4, 15.6, 0);

    assertThat(text(gcp("n2-standard-4", CapacityType.ON_DEMAND, capacity, Map.of())))
        .isEqualTo("0.194200 builtin-region-estimate guess");
    Node withGpu =
        gcp(
            "n1-standard-4",
            CapacityType.ON_DEMAND,
            Resources.ofGib(4, 14.6, 2),
            Map.of(GcpListPrices.ACCELERATOR_LABEL, "nvidia-tesla-t4"));
    Node unknownGpu =
        gcp("n1-standard-4", CapacityType.ON_DEMAND, Resources.ofGib(4, 14.6, 2), Map.of());
    assertThat(BUILTIN.node(withGpu).orElseThrow().amount())
        .isCloseTo(0.19 + 2 * 0.35, offset(0.001));
    assertThat(BUILTIN.node(unknownGpu)).isEmpty();
  }

  @Test
  void billsFargateByWhatIsSoldForThePod() {
    Node node = Nodes.fargate("us-east-1", Resources.ofGib(0.15, 0.15, 0));

    assertThat(BUILTIN.node(node).orElseThrow().amount())
        .isCloseTo(0.25 * 0.04048 + 0.5 * 0.004445, offset(1e-12));
  }

  @Test
  void billsFargateByWhatAwsSaysItGaveThePod() {
    Node node =
        Nodes.fargate(
            "us-east-1",
            new FargatePod(
                Resources.ofGib(0.15, 0.15, 0), Optional.of(Resources.ofGib(0.5, 3, 0))));

    assertThat(BUILTIN.node(node).orElseThrow().amount())
        .isCloseTo(0.5 * 0.04048 + 3 * 0.004445, offset(1e-12));
  }

  @ParameterizedTest(name = "{0} of {1} GiB with {2} costs {3} a month")
  @CsvSource({
    "gp2,      100, '',                        10.0",
    "gp3,      100, '',                         8.0",
    "gp3,      100, 'iops=4000 throughput=225', 17.0",
    "gp3,      100, 'iops=2000 throughput=100',  8.0",
    "io1,      100, iops=1000,                 77.5",
    "io1,      100, iopspergb=10,              77.5",
    "io2,      100, iops=40000,              2456.5",
    "st1,      100, '',                         4.5",
    "sc1,      100, '',                         1.5"
  })
  void pricesEbsVolumes(String type, double gib, String parameters, double monthly) {
    Volume volume = volume("ebs.csi.aws.com", type, gib, parameters);

    Quote quote = BUILTIN.volume(volume, VIRGINIA).orElseThrow();

    assertThat(quote.amount() * gib * 730).isCloseTo(monthly, offset(1e-9));
    assertThat(quote.estimated()).isFalse();
  }

  @Test
  void doublesARegionalDiskOfGoogle() {
    ClusterPlace iowa = new ClusterPlace(Provider.GCP, "us-central1", Distribution.GKE);
    Volume zonal = volume("pd.csi.storage.gke.io", "pd-ssd", 10, "");
    Volume regional = volume("pd.csi.storage.gke.io", "pd-ssd", 10, "replication-type=regional-pd");

    double once = BUILTIN.volume(zonal, iowa).orElseThrow().amount();

    assertThat(BUILTIN.volume(regional, iowa).orElseThrow().amount()).isEqualTo(2 * once);
  }

  @ParameterizedTest(name = "{0} {1} costs {2}")
  @CsvSource({
    "a1-b2.elb.us-east-1.amazonaws.com, '', 0.0225",
    "a1-17.eu-central-1.elb.amazonaws.com, '', 0.03",
    "'', nlb, 0.0225",
    "'', service.k8s.aws/nlb, 0.0225",
    "'', '', 0.025"
  })
  void tellsLoadBalancersApart(String ingress, String kind, double hourly) {
    LoadBalancer balancer = new LoadBalancer("ns", "web", ingress, kind);

    assertThat(BUILTIN.loadBalancer(balancer, VIRGINIA).orElseThrow().amount()).isEqualTo(hourly);
  }

  @Test
  void knowsTheControlPlaneAndEgress() {
    assertThat(BUILTIN.controlPlane(VIRGINIA).orElseThrow().amount()).isEqualTo(0.1);
    assertThat(BUILTIN.egress(EgressKind.INTERNET, VIRGINIA).orElseThrow().amount())
        .isEqualTo(0.09);
    assertThat(BUILTIN.controlPlane(new ClusterPlace(Provider.OTHER, "", Distribution.OTHER)))
        .isEmpty();
  }

  private static Node gcp(
      String type, CapacityType capacityType, Resources capacity, Map<String, String> labels) {
    return Nodes.gcp(type, capacityType, capacity, labels);
  }

  private static Volume volume(String driver, String type, double gib, String parameters) {
    Map<String, String> all = new java.util.HashMap<>(Map.of("type", type));
    for (String parameter : parameters.split(" ", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        all.put(parameter.substring(0, equals), parameter.substring(equals + 1));
      }
    }
    return new Volume("pv", "vol-1", driver, "class", gib, "", all, Optional.empty());
  }

  private static String text(Node node) {
    Quote quote = BUILTIN.node(node).orElseThrow();
    return "%.6f %s%s".formatted(quote.amount(), quote.source(), quote.estimated() ? " guess" : "");
  }
}
