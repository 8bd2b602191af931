package io.namespend.exporter.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.FargatePod;
import io.namespend.exporter.cluster.node.KubernetesVersion;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.cluster.volume.Zones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricedObjectsTest {
  @TempDir private Path folder;

  @Test
  void readsVolumesWithTheirStorageClassAndClaim() throws IOException {
    ClusterSnapshot cluster =
        read(
            """
            {"kind": "PersistentVolume", "metadata": {"name": "pv-a"},
             "spec": {"capacity": {"storage": "100Gi"}, "storageClassName": "fast",
               "csi": {"driver": "ebs.csi.aws.com", "volumeHandle": "vol-0a"},
               "claimRef": {"namespace": "shop", "name": "data-db-0"},
               "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [
                 {"key": "topology.ebs.csi.aws.com/zone", "operator": "In", "values": ["eu-west-1b"]}]}]}}},
             "status": {"phase": "Bound"}},
            {"kind": "PersistentVolume", "metadata": {"name": "pv-b"},
             "spec": {"capacity": {"storage": "1Gi"}, "claimRef": {"namespace": "shop", "name": "old"}},
             "status": {"phase": "Released"}},
            {"kind": "PersistentVolume", "metadata": {"name": "pv-c"}, "spec": {}, "status": {"phase": "Failed"}},
            {"kind": "StorageClass", "metadata": {"name": "fast"}, "provisioner": "ebs.csi.aws.com",
             "parameters": {"type": "gp3", "IOPS": "4000", "encrypted": "true"}}
            """);

    assertThat(cluster.volumes())
        .containsExactly(
            new Volume(
                "pv-a",
                "vol-0a",
                "ebs.csi.aws.com",
                "fast",
                100,
                "eu-west-1",
                Map.of("type", "gp3", "iops", "4000"),
                Optional.of(new Volume.Claim("shop", "data-db-0"))),
            new Volume("pv-b", "", "", "", 1, "", Map.of(), false, 1, Optional.empty()));
  }

  @Test
  void readsServicesWithALoadBalancer() throws IOException {
    ClusterSnapshot cluster =
        read(
            """
            {"kind": "Service", "metadata": {"namespace": "shop", "name": "web",
               "annotations": {"service.beta.kubernetes.io/aws-load-balancer-type": "nlb"}},
             "spec": {"type": "LoadBalancer"},
             "status": {"loadBalancer": {"ingress": [{"hostname": "x.elb.eu-west-1.amazonaws.com"}]}}},
            {"kind": "Service", "metadata": {"namespace": "shop", "name": "new"}, "spec": {"type": "LoadBalancer"}},
            {"kind": "Service", "metadata": {"namespace": "shop", "name": "db"}, "spec": {"type": "ClusterIP"}}
            """);

    assertThat(text(cluster.loadBalancers()))
        .containsExactly(
            "shop/new [] of '', 1.0", "shop/web [x.elb.eu-west-1.amazonaws.com] of nlb, 1.0");
  }

  /**
   * The address of nginx is its Service's; the ALB is one of two namespaces; the rest is its own.
   */
  @Test
  void readsLoadBalancersThatIngressesMadeAndCountsNoneTwice() throws IOException {
    ClusterSnapshot cluster =
        read(
            """
            {"kind": "Service", "metadata": {"namespace": "ingress", "name": "nginx"}, "spec": {"type": "LoadBalancer"},
             "status": {"loadBalancer": {"ingress": [{"hostname": "n.elb.eu-west-1.amazonaws.com"}]}}},
            {"kind": "Ingress", "metadata": {"namespace": "shop", "name": "by-nginx"},
             "status": {"loadBalancer": {"ingress": [{"hostname": "n.elb.eu-west-1.amazonaws.com"}]}}},
            {"kind": "Ingress", "metadata": {"namespace": "shop", "name": "web"},
             "status": {"loadBalancer": {"ingress": [{"hostname": "k8s-1.eu-west-1.elb.amazonaws.com"}]}}},
            {"kind": "Ingress", "metadata": {"namespace": "data", "name": "ui"},
             "status": {"loadBalancer": {"ingress": [{"hostname": "k8s-1.eu-west-1.elb.amazonaws.com"}]}}},
            {"kind": "Ingress", "metadata": {"namespace": "shop", "name": "gke",
               "annotations": {"ingress.kubernetes.io/forwarding-rule": "fr-1"}},
             "status": {"loadBalancer": {"ingress": [{"ip": "34.1.2.3"}]}}},
            {"kind": "Ingress", "metadata": {"namespace": "shop", "name": "azure"},
             "spec": {"ingressClassName": "azure-application-gateway"},
             "status": {"loadBalancer": {"ingress": [{"ip": "20.1.2.3"}]}}},
            {"kind": "Ingress", "metadata": {"namespace": "shop", "name": "on-nodes"},
             "status": {"loadBalancer": {"ingress": [{"ip": "10.0.0.1"}, {"ip": "10.0.0.2"}]}}},
            {"kind": "Ingress", "metadata": {"namespace": "shop", "name": "new"}, "spec": {"ingressClassName": "alb"}}
            """);

    assertThat(text(cluster.loadBalancers()))
        .containsExactly(
            "data/ui [k8s-1.eu-west-1.elb.amazonaws.com] of alb, 0.5",
            "ingress/nginx [n.elb.eu-west-1.amazonaws.com] of '', 1.0",
            "shop/azure [20.1.2.3] of application-gateway, 1.0",
            "shop/gke [34.1.2.3] of gce, 1.0",
            "shop/web [k8s-1.eu-west-1.elb.amazonaws.com] of alb, 0.5");
  }

  private static List<String> text(List<LoadBalancer> balancers) {
    return balancers.stream()
        .map(
            balancer ->
                "%s/%s %s of %s, %s"
                    .formatted(
                        balancer.namespace(),
                        balancer.service(),
                        balancer.frontend().addresses(),
                        balancer.kind().isEmpty() ? "''" : balancer.kind(),
                        balancer.share()))
        .toList();
  }

  @Test
  void keepsOnlyTheWantedLabelsAndKnowsWhatAFargatePodRequests() throws IOException {
    ClusterSnapshot cluster =
        read(
            """
            {"kind": "Node", "metadata": {"name": "fargate-1", "labels": {
               "eks.amazonaws.com/compute-type": "fargate", "pool": "batch", "other": "x",
               "topology.kubernetes.io/region": "eu-west-1"}},
             "spec": {"providerID": "aws:///eu-west-1b/0-1/fargate-1"},
             "status": {"capacity": {"cpu": "2", "memory": "4037540Ki"},
               "nodeInfo": {"kubeletVersion": "v1.33.1-eks-1a2b3c4"}}},
            {"kind": "Pod", "metadata": {"namespace": "shop", "name": "web-1"},
             "spec": {"nodeName": "fargate-1", "containers": [
               {"name": "web", "resources": {"requests": {"cpu": "150m", "memory": "150Mi"}}}]}}
            """);

    Node node =
        cluster.nodes().stream()
            .filter(n -> n.name().equals("fargate-1"))
            .findFirst()
            .orElseThrow();
    assertThat(node.labels()).containsExactly(Map.entry("pool", "batch"));
    assertThat(node.fargatePod())
        .contains(new FargatePod(new Resources(0.15, 150 * 1024 * 1024, 0), Optional.empty()));
    assertThat(node.distribution()).isEqualTo(Distribution.EKS);
    assertThat(cluster.place())
        .isEqualTo(
            new ClusterPlace(
                Provider.AWS, "eu-west-1", Distribution.EKS, new KubernetesVersion(1, 33)));
  }

  /** The control plane is never older than a node; nodes of another cluster's kind say nothing. */
  @Test
  void theNewestKubeletTellsTheVersion() throws IOException {
    ClusterSnapshot cluster =
        read(
            Stream.of("v1.9.1-eks-1", "v1.41.2-eks-1", "v1.30.0-eks-1", "broken", "v1.99.0")
                .map(
                    version ->
                        """
                        {"kind": "Node", "metadata": {"name": "n-%s"},
                         "spec": {"providerID": "aws:///eu-west-1b/i-1"},
                         "status": {"nodeInfo": {"kubeletVersion": "%s"}}}
                        """
                            .formatted(version, version))
                .collect(Collectors.joining(",")));

    assertThat(cluster.place().version()).isEqualTo(new KubernetesVersion(1, 41));
  }

  @ParameterizedTest
  @CsvSource({
    "0.25vCPU 0.5GB, 0.25, 0.5",
    "4vCPU 9GB, 4, 9",
    "'', ,",
    "0vCPU 0GB, ,",
    "0.25 vCPU 0.5 GB, ,",
    "1e9vCPU 1GB, ,",
  })
  void readsWhatAwsSaysItGaveAFargatePod(String annotation, Double cpu, Double gib)
      throws IOException {
    ClusterSnapshot cluster =
        read(
            """
            {"kind": "Node", "metadata": {"name": "f", "labels": {"eks.amazonaws.com/compute-type": "fargate"}}},
            {"kind": "Pod", "metadata": {"namespace": "shop", "name": "web",
               "annotations": {"CapacityProvisioned": "%s"}}, "spec": {"nodeName": "f"}}
            """
                .formatted(annotation));

    assertThat(cluster.nodes())
        .filteredOn(node -> node.name().equals("f"))
        .extracting(node -> node.fargatePod().orElseThrow().provisioned())
        .containsExactly(
            cpu == null ? Optional.empty() : Optional.of(Resources.ofGib(cpu, gib, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1a, us-east-1",
    "us-gov-west-1b, us-gov-west-1",
    "us-central1-a, us-central1",
    "westeurope-1, westeurope",
    "1, ''",
    "'', ''"
  })
  void tellsTheRegionOfAZone(String zone, String region) {
    assertThat(Zones.region(zone)).isEqualTo(region);
  }

  private ClusterSnapshot read(String items) throws IOException {
    Path file = folder.resolve("cluster.json");
    // Without a node a dump is refused.
    Files.writeString(
        file,
        """
        {"kind": "List", "items": [
        {"kind": "Node", "metadata": {"name": "plain", "labels": {"topology.kubernetes.io/region": "eu-west-1"}},
         "spec": {"providerID": "aws:///eu-west-1a/i-1"}, "status": {"nodeInfo": {"kubeletVersion": "v1.33.1-eks-1a2b3c4"}}},
        """
            + items
            + "]}");
    return new ClusterDump(file, Instant.EPOCH, Set.of("pool"), Set.of()).snapshot();
  }
}
