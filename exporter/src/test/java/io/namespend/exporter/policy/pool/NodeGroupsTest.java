package io.namespend.exporter.policy.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.node.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeGroupsTest {
  @ParameterizedTest
  @CsvSource({
    "karpenter.sh/nodepool, general-purpose",
    "karpenter.sh/provisioner-name, default",
    "spotinst.io/ocean-vng-id, ols-12345678",
    "scheduling.cast.ai/node-template, default-by-castai",
    "eks.amazonaws.com/nodegroup, workers",
    "alpha.eksctl.io/nodegroup-name, ng-1",
    "cloud.google.com/gke-nodepool, default-pool",
    "kubernetes.azure.com/agentpool, nodepool1",
    "agentpool, linux",
    "oke.oraclecloud.com/pool.name, oke-ops",
    "kops.k8s.io/instancegroup, nodes-eu-west-1a",
    "topology.cluster.x-k8s.io/deployment-name, md-0",
    "hypershift.openshift.io/nodePool, workers",
    "machine.openshift.io/cluster-api-machineset, prod-worker-a",
  })
  void knowsTheLabelsOfWhoeverCreatesNodes(String label, String group) {
    assertThat(NodeGroups.usual().of(List.of(node("a", Map.of(label, group)))))
        .containsExactly(Map.entry("a", group));
  }

  @Test
  void theFirstLabelOfTheListThatHasAValueCounts() {
    NodeGroups groups = new NodeGroups(List.of("team", "pool"));

    assertThat(
            groups.of(
                List.of(
                    node("both", Map.of("team", "red", "pool", "a")),
                    node("blank", Map.of("team", " ", "pool", "a")),
                    node("none", Map.of("zone", "z")))))
        .containsOnly(
            Map.entry("both", "red"), Map.entry("blank", "a"), Map.entry("none", "ungrouped"));
  }

  @Test
  void groupsOfTheSameNameUnderDifferentLabelsStayApart() {
    assertThat(
            NodeGroups.usual()
                .of(
                    List.of(
                        node("a", Map.of("eks.amazonaws.com/nodegroup", "default")),
                        node("b", Map.of("karpenter.sh/nodepool", "default")),
                        node("c", Map.of("eks.amazonaws.com/nodegroup", "system")))))
        .containsOnly(
            Map.entry("a", "default (eks.amazonaws.com/nodegroup)"),
            Map.entry("b", "default"),
            Map.entry("c", "system"));
  }

  @Test
  void aNameThatIsTooLongIsCutAndStaysDifferentFromOthers() {
    String one = "x".repeat(900_000) + "1";
    String other = "x".repeat(900_000) + "2";

    Map<String, String> groups =
        new NodeGroups(List.of("pool"))
            .of(List.of(node("a", Map.of("pool", one)), node("b", Map.of("pool", other))));

    assertThat(groups.values()).allMatch(name -> name.length() <= 63).doesNotHaveDuplicates();
  }

  private static Node node(String name, Map<String, String> labels) {
    return Node.named(name).labels(labels).build();
  }
}
