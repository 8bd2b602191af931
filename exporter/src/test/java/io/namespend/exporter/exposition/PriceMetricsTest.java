package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PriceMetricsTest {
  private static final Node NODE =
      Node.named("n1")
          .instanceType("m5.xlarge")
          .region("us-east-1")
          .zone("us-east-1a")
          .arch("amd64")
          .providerId("aws:///us-east-1a/i-1")
          .capacity(Resources.ofGib(4, 16, 0))
          .allocatable(Resources.ofGib(4, 15, 0))
          .distribution(Distribution.EKS)
          .build();

  @Test
  void publishesVolumesLoadBalancersEgressAndTheControlPlane() throws IOException {
    ClusterSnapshot cluster =
        new ClusterSnapshot(
            List.of(NODE),
            List.of(),
            List.of(),
            List.of(
                volume("pv-a", "ebs.csi.aws.com", Optional.of(new Volume.Claim("shop", "data"))),
                volume("pv-b", "nfs", Optional.empty())),
            List.of(new LoadBalancer("shop", "web", "x-1.elb.us-east-1.amazonaws.com", "")));

    assertThat(
            text(
                cluster,
                "pv_",
                "namespend_claim",
                "namespend_uncl",
                "kubecost_(load|net|clus)",
                "namespend_est",
                "namespend_unpriced_v"))
        .isEqualTo(
            """
            kubecost_cluster_management_cost{provisioner_name="EKS"} 0.1
            kubecost_load_balancer_cost{ingress_ip="x-1.elb.us-east-1.amazonaws.com",namespace="shop",service_name="web"} 0.0225
            kubecost_network_internet_egress_cost 0.09
            kubecost_network_region_egress_cost 0.02
            kubecost_network_zone_egress_cost 0.01
            namespend_claim_hourly_cost{namespace="shop",persistentvolume="pv-a",persistentvolumeclaim="data",storage_class="gp3"} 0.08
            namespend_estimated_cost{kind="control_plane",reason="tier"} 0.1
            namespend_estimated_prices{kind="control_plane"} 1.0
            namespend_estimated_prices{kind="egress"} 0.0
            namespend_estimated_prices{kind="load_balancer"} 0.0
            namespend_estimated_prices{kind="volume"} 0.0
            namespend_unclaimed_volume_hourly_cost{persistentvolume="pv-b",storage_class="gp3"} 0.0
            namespend_unpriced_volume_gib{driver="nfs"} 730.0
            namespend_unpriced_volumes{driver="nfs"} 1.0
            pv_hourly_cost{persistentvolume="pv-a",provider_id="vol-pv-a",volumename="pv-a"} 1.0958904109589041E-4
            pv_hourly_cost{persistentvolume="pv-b",provider_id="vol-pv-b",volumename="pv-b"} 0.0
            """);
  }

  @Test
  void saysWhereANodesPriceComesFrom() throws IOException {
    ClusterSnapshot cluster = new ClusterSnapshot(List.of(NODE), List.of(), List.of());

    assertThat(text(cluster, "namespend_node_info", "namespend_nodes_f"))
        .isEqualTo(
            """
            namespend_node_info{capacity_type="on-demand",instance_type="m5.xlarge",node="n1",price_source="builtin",region="us-east-1",zone="us-east-1a"} 1
            namespend_nodes_fallback_priced 0.0
            """);
  }

  private static Volume volume(String name, String driver, Optional<Volume.Claim> claim) {
    return new Volume(name, "vol-" + name, driver, "gp3", 730, "", Map.of(), claim);
  }

  private static String text(ClusterSnapshot cluster, String... beginnings) throws IOException {
    BuiltinPrices builtin = new BuiltinPrices();
    NodeCapacity capacity = new NodeCapacity(builtin::resources);
    PriceChain chain = new PriceChain(List.of(builtin), List.of(), capacity);
    ClusterPricer pricer =
        new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST));
    MetricSnapshots snapshots =
        new ClusterMetrics(pricer, Policy::defaults, true).of(cluster, Instant.EPOCH);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, snapshots);
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches("(" + String.join("|", beginnings) + ").*"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
