package io.namespend.exporter.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes without a machine, by the marks that their makers give them. */
class VirtualNodeTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a machine                     | metadata: {name: n, labels: {type: gpu, node.kubernetes.io/instance-type: m5.large}} | -
          a taint of another            | spec: {taints: [{key: dedicated, value: virtual}]}                            | -
          AKS                           | metadata: {name: n, labels: {type: virtual-kubelet, kubernetes.io/role: agent}} | SERVERLESS
          AKS, the next generation      | metadata: {name: n, labels: {virtualization: virtualnode2}}                   | SERVERLESS
          AKS, by its taint             | spec: {taints: [{key: virtual-kubelet.io/provider, value: azure}]}            | SERVERLESS
          Alibaba                       | spec: {taints: [{key: virtual-kubelet.io/provider, value: alibabacloud}]}     | SERVERLESS
          Tencent                       | metadata: {name: n, labels: {node.kubernetes.io/instance-type: eklet}}        | SERVERLESS
          by its kubelet                | status: {nodeInfo: {kubeletVersion: v1.25.0-vk-azure-aci-1.6.2}}              | SERVERLESS
          a taint without a value       | spec: {taints: [{key: virtual-kubelet.io/provider, effect: NoSchedule}]}      | SERVERLESS
          Liqo                          | metadata: {name: n, labels: {liqo.io/type: virtual-node}}                     | CLUSTER
          Liqo, by its taint            | spec: {taints: [{key: virtual-node.liqo.io/not-allowed, value: 'true'}]}      | CLUSTER
          Liqo, a virtual kubelet too   | metadata: {name: n, labels: {liqo.io/type: virtual-node, type: virtual-kubelet}} | CLUSTER
          Admiralty                     | metadata: {name: n, labels: {type: virtual-kubelet, virtual-kubelet.io/provider: admiralty}} | CLUSTER
          Admiralty, by its taint       | spec: {taints: [{key: virtual-kubelet.io/provider, value: admiralty}]}        | CLUSTER
          whatever its case             | metadata: {name: n, labels: {type: Virtual-Kubelet}}                          | SERVERLESS
          Alibaba, by its label         | metadata: {name: n, labels: {alibabacloud.com/virtual-node: 'true'}}          | SERVERLESS
          Oracle                        | metadata: {name: n, labels: {node-role.kubernetes.io/virtual-node: ''}}       | SERVERLESS
          interLink                     | metadata: {name: n, labels: {virtual-node.interlink/type: virtual-kubelet}}   | SERVERLESS
          by its type                   | metadata: {name: n, labels: {node.kubernetes.io/instance-type: virtual-node}} | SERVERLESS
          larger than any machine       | status: {capacity: {cpu: 10k, memory: 4Ti}}                                   | SERVERLESS
          a large machine               | status: {capacity: {cpu: 1792, memory: 32Ti}}                                 | -
          KWOK, by its kubelet          | status: {nodeInfo: {kubeletVersion: kwok-v0.6.0}}                             | NOTHING
          KWOK, by its usual kubelet    | status: {nodeInfo: {kubeletVersion: fake}}                                    | NOTHING
          KWOK, by its taint            | spec: {taints: [{key: kwok.x-k8s.io/node, value: fake}]}                      | NOTHING
          vcluster                      | metadata: {name: n, labels: {vcluster.loft.sh/fake-node: 'true'}}             | CLUSTER
          KWOK                          | metadata: {name: n, labels: {type: kwok}}                                     | NOTHING
          KWOK, by its annotation       | metadata: {name: n, annotations: {kwok.x-k8s.io/node: fake}}                  | NOTHING
          KWOK of Karpenter             | spec: {providerID: 'kwok://n'}                                                | NOTHING
          """)
  void tellsThemByTheirMarks(String maker, String mark, String expected) {
    String metadata = mark.startsWith("metadata") ? "" : "metadata: {name: n}\n";
    Node node =
        ClusterYaml.snapshot("apiVersion: v1\nkind: Node\n" + metadata + mark).nodes().get(0);

    assertThat(node.virtual().map(virtual -> virtual.backing().name()).orElse("-"))
        .isEqualTo(expected);
  }

  @Test
  void whatItsPodsRequestIsAllThatThereIsOfIt() {
    ClusterSnapshot cluster =
        ClusterYaml.snapshot(
            """
            apiVersion: v1
            kind: Node
            metadata: {name: vk, labels: {type: virtual-kubelet}}
            status: {capacity: {cpu: 10000, memory: 4Ti}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: real, labels: {topology.kubernetes.io/region: eastus}}
            spec: {providerID: 'azure:///vm/0'}
            status: {capacity: {cpu: 4, memory: 16Gi}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: a}
            spec: {nodeName: vk, containers: [{name: c, resources: {requests: {cpu: 1, memory: 2Gi}}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: b}
            spec: {nodeName: vk, containers: [{name: c, resources: {requests: {cpu: 500m, memory: 1Gi}}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: c}
            spec: {nodeName: real, containers: [{name: c, resources: {requests: {cpu: 2}}}]}
            """);

    assertThat(cluster.nodes())
        .filteredOn(node -> node.virtual().isPresent())
        .extracting(node -> node.virtual().orElseThrow().requested())
        .containsExactly(Resources.ofGib(1.5, 3, 0));
    assertThat(cluster.place().region()).as("where its machines are").isEqualTo("eastus");
  }
}
