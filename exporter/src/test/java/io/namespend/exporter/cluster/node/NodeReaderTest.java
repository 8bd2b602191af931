package io.namespend.exporter.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterRecords;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.NodeLabels.SpotLabel;
import io.namespend.exporter.cluster.node.NodeTerms.Management;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeReaderTest {
  @Test
  void readsAnEksNodeOfAManagedGroup() {
    assertThat(
            facts(
                """
                apiVersion: v1
                kind: Node
                metadata:
                  name: ip-10-0-1-23.eu-west-1.compute.internal
                  labels:
                    beta.kubernetes.io/instance-type: m5.xlarge
                    eks.amazonaws.com/capacityType: ON_DEMAND
                    eks.amazonaws.com/nodegroup: general
                    kubernetes.io/arch: amd64
                    node.kubernetes.io/instance-type: m5.xlarge
                    topology.kubernetes.io/region: eu-west-1
                    topology.kubernetes.io/zone: eu-west-1b
                spec: {providerID: aws:///eu-west-1b/i-0aaa1111bbbb2222c}
                status:
                  capacity: {cpu: '4', memory: 15896988Ki, pods: '58'}
                  allocatable: {cpu: 3920m, memory: 14880Mi, pods: '58'}
                """))
        .isEqualTo(
            """
            name          ip-10-0-1-23.eu-west-1.compute.internal
            instance type m5.xlarge, amd64, on-demand
            place         AWS, eu-west-1, eu-west-1b
            provider id   aws:///eu-west-1b/i-0aaa1111bbbb2222c
            capacity      4.0 cores, 16278515712 bytes, 0.0 GPUs
            allocatable   3.92 cores, 15602810880 bytes, 0.0 GPUs
            """);
  }

  @Test
  void readsASpotNodeOfKarpenterWithAGpu() {
    assertThat(
            facts(
                """
                apiVersion: v1
                kind: Node
                metadata:
                  name: ip-10-0-9-67.eu-west-1.compute.internal
                  labels:
                    karpenter.sh/capacity-type: spot
                    karpenter.sh/nodepool: gpu
                    kubernetes.io/arch: amd64
                    node.kubernetes.io/instance-type: g5.xlarge
                    topology.kubernetes.io/region: eu-west-1
                    topology.kubernetes.io/zone: eu-west-1c
                spec: {providerID: aws:///eu-west-1c/i-0ddd3333eeee4444f}
                status:
                  capacity: {cpu: '4', memory: 16Gi, nvidia.com/gpu: '1'}
                  allocatable: {cpu: '4', memory: 15Gi, nvidia.com/gpu: '1'}
                """))
        .isEqualTo(
            """
            name          ip-10-0-9-67.eu-west-1.compute.internal
            instance type g5.xlarge, amd64, spot
            place         AWS, eu-west-1, eu-west-1c
            provider id   aws:///eu-west-1c/i-0ddd3333eeee4444f
            capacity      4.0 cores, 17179869184 bytes, 1.0 GPUs
            allocatable   4.0 cores, 16106127360 bytes, 1.0 GPUs
            """);
  }

  /** What is reported as 0 is 0; of what is not reported, all that the node has can be had. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          less than all       | cpu: 3, memory: 12Gi                     | 3.0 cores, 12884901888 bytes, 1.0 GPUs
          none at all         | cpu: '0', memory: '0', nvidia.com/gpu: 0 | 0.0 cores, 0 bytes, 0.0 GPUs
          no CPU              | cpu: 0, memory: 12Gi, nvidia.com/gpu: 1  | 0.0 cores, 12884901888 bytes, 1.0 GPUs
          nothing said        |                                          | 4.0 cores, 17179869184 bytes, 1.0 GPUs
          nothing of memory   | cpu: 3                                   | 3.0 cores, 17179869184 bytes, 1.0 GPUs
          with huge pages     | cpu: 4, memory: 10Gi, hugepages-2Mi: 1Gi, hugepages-1Gi: 2Gi | 4.0 cores, 13958643712 bytes, 1.0 GPUs
          too many huge pages | cpu: 4, memory: 15Gi, hugepages-1Gi: 8Gi | 4.0 cores, 17179869184 bytes, 1.0 GPUs
          """)
  void readsWhatPodsCanGet(String rule, String allocatable, String expected) {
    assertThat(
            facts(
                """
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                status: {capacity: {cpu: 4, memory: 16Gi, hugepages-1Gi: 2Gi, nvidia.com/gpu: 1}, allocatable: {%s}}
                """
                    .formatted(allocatable == null ? "" : allocatable)))
        .endsWith("allocatable   " + expected + "\n");
  }

  @Test
  void readsAGkeNode() {
    assertThat(
            facts(
                """
                apiVersion: v1
                kind: Node
                metadata:
                  name: gke-prod-pool-1-4d0fa82d-ttxh
                  labels:
                    cloud.google.com/gke-nodepool: pool-1
                    cloud.google.com/gke-provisioning: standard
                    kubernetes.io/arch: amd64
                    node.kubernetes.io/instance-type: n2-standard-8
                    topology.kubernetes.io/region: europe-west4
                    topology.kubernetes.io/zone: europe-west4-a
                spec: {providerID: gce://acme-prod/europe-west4-a/gke-prod-pool-1-4d0fa82d-ttxh}
                status: {capacity: {cpu: '8', memory: 32Gi}, allocatable: {cpu: 7910m, memory: 28Gi}}
                """))
        .isEqualTo(
            """
            name          gke-prod-pool-1-4d0fa82d-ttxh
            instance type n2-standard-8, amd64, on-demand
            place         GCP, europe-west4, europe-west4-a
            provider id   gce://acme-prod/europe-west4-a/gke-prod-pool-1-4d0fa82d-ttxh
            capacity      8.0 cores, 34359738368 bytes, 0.0 GPUs
            allocatable   7.91 cores, 30064771072 bytes, 0.0 GPUs
            """);
  }

  @Test
  void readsAnAksNode() {
    assertThat(
            facts(
                """
                apiVersion: v1
                kind: Node
                metadata:
                  name: aks-arm-21345678-vmss000002
                  labels:
                    kubernetes.azure.com/cluster: MC_prod_prod_westeurope
                    kubernetes.azure.com/scalesetpriority: regular
                    kubernetes.io/arch: arm64
                    node.kubernetes.io/instance-type: Standard_D4ps_v5
                    topology.kubernetes.io/region: westeurope
                    topology.kubernetes.io/zone: westeurope-2
                spec: {providerID: azure:///subscriptions/0/resourceGroups/mc_prod/providers/x/virtualMachineScaleSets/aks-arm/virtualMachines/2}
                status: {capacity: {cpu: '4', memory: 16Gi}, allocatable: {cpu: 3860m, memory: 12Gi}}
                """))
        .isEqualTo(
            """
            name          aks-arm-21345678-vmss000002
            instance type Standard_D4ps_v5, arm64, on-demand
            place         AZURE, westeurope, westeurope-2
            provider id   azure:///subscriptions/0/resourceGroups/mc_prod/providers/x/virtualMachineScaleSets/aks-arm/virtualMachines/2
            capacity      4.0 cores, 17179869184 bytes, 0.0 GPUs
            allocatable   3.86 cores, 12884901888 bytes, 0.0 GPUs
            """);
  }

  @Test
  void readsTheLabelsOfOldClusters() {
    assertThat(
            facts(
                """
                apiVersion: v1
                kind: Node
                metadata:
                  name: old-1
                  labels:
                    beta.kubernetes.io/arch: amd64
                    beta.kubernetes.io/instance-type: n1-standard-2
                    failure-domain.beta.kubernetes.io/region: us-east1
                    failure-domain.beta.kubernetes.io/zone: us-east1-c
                status: {capacity: {cpu: '2', memory: 8Gi}, allocatable: {cpu: '2', memory: 7Gi}}
                """))
        .isEqualTo(
            """
            name          old-1
            instance type n1-standard-2, amd64, on-demand
            place         OTHER, us-east1, us-east1-c
            provider id   -
            capacity      2.0 cores, 8589934592 bytes, 0.0 GPUs
            allocatable   2.0 cores, 7516192768 bytes, 0.0 GPUs
            """);
  }

  @Test
  void theNewLabelWinsOverTheOldOne() {
    assertThat(
            ClusterYaml.snapshot(
                    """
                    apiVersion: v1
                    kind: Node
                    metadata:
                      name: n1
                      labels:
                        beta.kubernetes.io/instance-type: old
                        node.kubernetes.io/instance-type: new
                        failure-domain.beta.kubernetes.io/zone: filled
                        topology.kubernetes.io/zone: ''
                    """)
                .nodes())
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node.instanceType()).isEqualTo("new");
              assertThat(node.zone()).as("an empty label is none").isEqualTo("filled");
            });
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                          | on-demand
          {karpenter.sh/capacity-type: on-demand}                     | on-demand
          {karpenter.sh/capacity-type: spot}                          | spot
          {karpenter.sh/capacity-type: reserved}                      | reserved
          {eks.amazonaws.com/capacityType: ON_DEMAND}                 | on-demand
          {eks.amazonaws.com/capacityType: SPOT}                      | spot
          {eks.amazonaws.com/capacityType: CAPACITY_BLOCK}            | capacity-block
          {kubernetes.azure.com/scalesetpriority: regular}            | on-demand
          {kubernetes.azure.com/scalesetpriority: spot}               | spot
          {cloud.google.com/gke-spot: 'true'}                         | spot
          {cloud.google.com/gke-spot: 'false'}                        | on-demand
          {cloud.google.com/gke-preemptible: 'true'}                  | spot
          {node.kubernetes.io/lifecycle: spot}                        | spot
          {node.kubernetes.io/lifecycle: normal}                      | on-demand
          {lifecycle: Ec2Spot}                                        | spot
          {lifecycle: preemptible}                                    | spot
          {cloud.google.com/gke-provisioning: spot}                   | spot
          {cloud.google.com/gke-provisioning: preemptible}            | spot
          {cloud.google.com/gke-provisioning: standard}               | on-demand
          {cloud.google.com/gke-provisioning: flex-start}             | on-demand
          {spotinst.io/node-lifecycle: spot}                          | spot
          {spotinst.io/node-lifecycle: od}                            | on-demand
          {scheduling.cast.ai/spot: 'true'}                           | spot
          {scheduling.cast.ai/spot: ''}                               | spot
          {scheduling.cast.ai/spot: 'true', scheduling.cast.ai/spot-fallback: 'true'} | on-demand
          {node-role.kubernetes.io/spot-worker: ''}                   | spot
          {node-role.kubernetes.io/spot-worker: 'true'}               | spot
          {kops.k8s.io/lifecycle: spot}                               | spot
          {machine.openshift.io/interruptible-instance: ''}           | spot
          {hypershift.openshift.io/interruptible-instance: 'true'}    | spot
          {oci.oraclecloud.com/oke-is-preemptible: 'true'}            | spot
          {cluster.x-k8s.io/interruptible: ''}                        | spot
          {cluster.x-k8s.io/interruptible: 'false'}                   | on-demand
          {node.alibabacloud.com/spot-strategy: SpotAsPriceGo}        | spot
          {node.alibabacloud.com/spot-strategy: NoSpot}               | on-demand
          {yandex.cloud/preemptible: 'true'}                          | spot
          {node-lifecycle: spot}                                      | spot
          {example.com/instance-lifecycle: spot}                      | spot
          {spot: 'true'}                                              | spot
          {example.com/instanceLifecycle: Spot}                       | spot
          {example.com/purchase_option: spot}                         | spot
          {market: SPOT}                                              | spot
          {node-type: spot}                                           | spot
          {node-type: standard}                                       | on-demand
          {aws-spot: 'true'}                                          | spot
          {PREEMPTIBLE: 'TRUE'}                                       | spot
          {node.kubernetes.io/spot: '1'}                              | spot
          {team: spot, example.com/tier: preemptible}                 | on-demand
          {karpenter.sh/capacity-type: on-demand, lifecycle: spot}    | on-demand
          {karpenter.sh/capacity-type: reserved, karpenter.k8s.aws/capacity-reservation-type: capacity-block} | capacity-block
          """)
  void knowsHowANodeWasBoughtByItsLabels(String labels, String expected) {
    assertThat(
            ClusterYaml.snapshot(
                    "apiVersion: v1\nkind: Node\nmetadata: {name: n1, labels: %s}"
                        .formatted(labels))
                .nodes())
        .singleElement()
        .extracting(node -> node.capacityType().label())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                      | {key: kubernetes.azure.com/scalesetpriority, value: spot} | spot
          {}                                      | {key: cloud.google.com/gke-spot, value: 'true'}           | spot
          {}                                      | {key: spot}                                               | spot
          {}                                      | {key: team, value: spot}                                  | on-demand
          {node-type: standard}                   | {key: spot, value: 'true'}                                | spot
          {karpenter.sh/capacity-type: on-demand} | {key: spot, value: 'true'}                                | on-demand
          """)
  void aTaintTellsWhereNoLabelDoes(String labels, String taint, String expected) {
    assertThat(
            node(
                "metadata: {name: n1, labels: %s}\nspec: {taints: [%s]}".formatted(labels, taint),
                NodeLabels.keeping(Set.of())))
        .extracting(node -> node.capacityType().label())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {eks.amazonaws.com/compute-type: fargate} | aws:///us-east-1a/1                        | true
          {eks.amazonaws.com/compute-type: Fargate} | aws:///us-east-1a/1                        | true
          {}                                        | aws:///us-east-1a/1/fargate-ip-10-0-0-1.ec2 | true
          {}                                        | aws:///us-east-1a/i-1                      | false
          """)
  void fargateIsToldByItsLabelOrItsId(String labels, String providerId, boolean expected) {
    assertThat(
            node(
                    "metadata: {name: n1, labels: %s}\nspec: {providerID: '%s'}"
                        .formatted(labels, providerId),
                    NodeLabels.keeping(Set.of()))
                .fargatePod()
                .isPresent())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.com/market=transient | {example.com/market: Transient}       | spot
          example.com/market=transient | {example.com/market: firm}            | on-demand
          example.com/market=transient | {}                                    | on-demand
          example.com/cheap            | {example.com/cheap: ''}               | spot
          example.com/cheap            | {example.com/cheap: 'false'}          | on-demand
          example.com/cheap            | {karpenter.sh/capacity-type: on-demand, example.com/cheap: x} | spot
          """)
  void thePolicyNamesMoreSpotLabels(String spotLabel, String labels, String expected) {
    NodeLabels which = new NodeLabels(Set.of(), List.of(SpotLabel.parse(spotLabel)));

    assertThat(node("metadata: {name: n1, labels: %s}".formatted(labels), which))
        .extracting(node -> node.capacityType().label())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                        | {operatingSystem: linux, osImage: Ubuntu 24.04.1 LTS}      | LINUX SHARED NONE
          {}                                        | {osImage: 'Bottlerocket OS 1.20.0 (aws-k8s-1.33)'}         | LINUX SHARED NONE
          {}                                        | {osImage: Amazon Linux 2023.6}                             | LINUX SHARED NONE
          {}                                        | {osImage: Container-Optimized OS from Google}              | LINUX SHARED NONE
          {}                                        | {osImage: Red Hat Enterprise Linux CoreOS 418.94}          | LINUX SHARED NONE
          {node.openshift.io/os_id: rhcos}          | {}                                                         | LINUX SHARED NONE
          {kubernetes.io/os: windows}               | {}                                                         | WINDOWS SHARED NONE
          {beta.kubernetes.io/os: windows}          | {}                                                         | WINDOWS SHARED NONE
          {kubernetes.azure.com/os-sku: Windows2022} | {}                                                        | WINDOWS SHARED NONE
          {}                                        | {operatingSystem: windows}                                 | WINDOWS SHARED NONE
          {}                                        | {osImage: Windows Server 2022 Datacenter}                  | WINDOWS SHARED NONE
          {}                                        | {osImage: Red Hat Enterprise Linux 9.4 (Plow)}             | RHEL SHARED NONE
          {node.openshift.io/os_id: rhel}           | {}                                                         | RHEL SHARED NONE
          {}                                        | {osImage: SUSE Linux Enterprise Server 15 SP6}             | SUSE SHARED NONE
          {}                                        | {osImage: SUSE Linux Micro 6.0}                            | SUSE SHARED NONE
          {feature.node.kubernetes.io/system-os_release.ID: sles} | {}                                           | SUSE SHARED NONE
          {feature.node.kubernetes.io/system-os_release.ID: rhel} | {}                                           | RHEL SHARED NONE
          {feature.node.kubernetes.io/system-os_release.ID: opensuse-leap} | {}                                  | LINUX SHARED NONE
          {node.openshift.io/os_id: rhel}           | {osImage: Red Hat Enterprise Linux CoreOS 9.6.20250701-0}  | LINUX SHARED NONE
          {node.kubernetes.io/windows-build: 10.0.20348} | {}                                                    | WINDOWS SHARED NONE
          {kubernetes.azure.com/os-sku-effective: Windows2022} | {}                                              | WINDOWS SHARED NONE
          {cloud.google.com/gke-os-distribution: windows_ltsc} | {}                                              | WINDOWS SHARED NONE
          {example.com/instanceTenancy: Dedicated}  | {}                                                         | LINUX DEDICATED NONE
          {}                                        | {osImage: 'Bottlerocket (EKS Auto, Standard) 2025.9.1'}    | LINUX SHARED EKS_AUTO_MODE
          {eks.amazonaws.com/instance-family: c6a}  | {}                                                         | LINUX SHARED EKS_AUTO_MODE
          {}                                        | {osImage: openSUSE Leap 15.6}                              | LINUX SHARED NONE
          {}                                        | {osImage: Ubuntu Pro 22.04}                                | UBUNTU_PRO SHARED NONE
          {karpenter.k8s.aws/instance-tenancy: dedicated} | {}                                                   | LINUX DEDICATED NONE
          {karpenter.k8s.aws/instance-tenancy: default}   | {}                                                   | LINUX SHARED NONE
          {eks.amazonaws.com/instance-tenancy: host}      | {}                                                   | LINUX HOST NONE
          {eks.amazonaws.com/compute-type: auto}    | {}                                                         | LINUX SHARED EKS_AUTO_MODE
          {eks.amazonaws.com/compute-type: hybrid}  | {}                                                         | LINUX SHARED EKS_HYBRID
          {eks.amazonaws.com/compute-type: ec2}     | {}                                                         | LINUX SHARED NONE
          {cloud.google.com/compute-class: autopilot-spot} | {}                                                  | LINUX SHARED GKE_AUTOPILOT
          """)
  void knowsWhatElseThePriceDependsOn(String labels, String nodeInfo, String expected) {
    NodeTerms terms =
        node(
                "metadata: {name: n1, labels: %s}\nstatus: {nodeInfo: %s}"
                    .formatted(labels, nodeInfo),
                NodeLabels.keeping(Set.of()))
            .terms();

    assertThat(terms.operatingSystem() + " " + terms.tenancy() + " " + terms.management())
        .isEqualTo(expected);
  }

  @Test
  void aHybridNodeIsToldByItsProviderIdToo() {
    assertThat(
            node(
                    "metadata: {name: n1}\nspec: {providerID: 'eks-hybrid:///us-east-1/prod/mi-1'}",
                    NodeLabels.keeping(Set.of()))
                .terms())
        .extracting(NodeTerms::management)
        .isEqualTo(Management.EKS_HYBRID);
  }

  @Test
  void nodesOfAutopilotAreToldByTheirNames() {
    assertThat(node("metadata: {name: gk3-prod-pool-2-1a2b}", NodeLabels.keeping(Set.of())).terms())
        .extracting(NodeTerms::management)
        .isEqualTo(Management.GKE_AUTOPILOT);
  }

  @ParameterizedTest(name = "{0} -> {1}, {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aws:///us-west-2-lax-1a/i-1               | us-west-2    | us-west-2-lax-1a
          aws:///us-east-1-wl1-bos-wlz-1/i-1        | us-east-1    | us-east-1-wl1-bos-wlz-1
          aws:///us-gov-west-1b/i-1                 | us-gov-west-1 | us-gov-west-1b
          gce://acme/europe-west4-a/gke-1           | europe-west4 | europe-west4-a
          eks-hybrid:///eu-central-1/prod/mi-0abc   | eu-central-1 | ''
          azure:///subscriptions/0/resourceGroups/x | ''           | ''
          aws:///                                   | ''           | ''
          """)
  void theProviderIdTellsThePlaceWhereNoLabelDoes(String providerId, String region, String zone) {
    Node node =
        node(
            "metadata: {name: n1}\nspec: {providerID: '%s'}".formatted(providerId),
            NodeLabels.keeping(Set.of()));

    assertThat(node.region() + "," + node.zone()).isEqualTo(region + "," + zone);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aws:///us-east-1a/i-1                | EKS
          eks-hybrid:///us-east-1/prod/mi-1    | EKS
          ''                                   | EKS
          vsphere://4230-1                     | OTHER
          tinkerbell://eksa-system/machine-1   | OTHER
          nutanix://1                          | OTHER
          """)
  void eksAnywhereIsNotEks(String providerId, Distribution expected) {
    assertThat(
            node(
                    ("metadata: {name: n1}\nspec: {providerID: '%s'}\n"
                            + "status: {nodeInfo: {kubeletVersion: v1.33.1-eks-1a2b3c4}}")
                        .formatted(providerId),
                    NodeLabels.keeping(Set.of()))
                .distribution())
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWS   | aws:///eu-west-1b/i-0aaa1111bbbb2222c
          GCP   | gce://acme/europe-west4-a/gke-1
          AZURE | azure:///subscriptions/0/resourceGroups/rg
          OTHER | kind://docker/kind/kind-control-plane
          OTHER | awsome
          """)
  void knowsTheProviderByTheIdItGave(Provider expected, String providerId) {
    assertThat(Provider.ofProviderId(providerId)).isEqualTo(expected);
  }

  @Test
  void aNodeThatTellsNothingIsStillANode() {
    assertThat(facts("apiVersion: v1\nkind: Node\nmetadata: {name: bare}"))
        .isEqualTo(
            """
            name          bare
            instance type -, -, on-demand
            place         OTHER, -, -
            provider id   -
            capacity      0.0 cores, 0 bytes, 0.0 GPUs
            allocatable   0.0 cores, 0 bytes, 0.0 GPUs
            """);
  }

  private static Node node(String yaml, NodeLabels which) {
    ClusterRecords records =
        new ClusterRecords(which, Set.of(), InstanceTypes.UNKNOWN, WorkloadFolding.USUAL);
    records.add(ClusterYaml.object("apiVersion: v1\nkind: Node\n" + yaml));
    return records.snapshot().nodes().get(0);
  }

  private static String facts(String yaml) {
    Node node = ClusterYaml.snapshot(yaml).nodes().get(0);
    return """
    name          %s
    instance type %s, %s, %s
    place         %s, %s, %s
    provider id   %s
    capacity      %s
    allocatable   %s
    """
        .formatted(
            node.name(),
            orDash(node.instanceType()),
            orDash(node.arch()),
            node.capacityType().label(),
            node.provider(),
            orDash(node.region()),
            orDash(node.zone()),
            orDash(node.providerId()),
            text(node.capacity()),
            text(node.allocatable()));
  }

  private static String orDash(String fact) {
    return fact.isEmpty() ? "-" : fact;
  }

  private static String text(Resources amount) {
    return "%s cores, %.0f bytes, %s GPUs"
        .formatted(amount.cpuCores(), amount.memoryBytes(), amount.gpus());
  }
}
