package io.namespend.exporter.policy.pool;

import io.namespend.exporter.cluster.node.Node;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Which label of a node names its group.
 *
 * @param labels tried in order
 */
public record NodeGroups(List<String> labels) {
  /** The group of nodes that no label names. */
  public static final String UNGROUPED = "ungrouped";

  /** As long as a label of Kubernetes may be; nobody relies on an API server to enforce it. */
  private static final int LONGEST = 63;

  /**
   * What creates nodes comes before what they are created in: the node pools of Karpenter, Ocean
   * and CAST AI, those of the clouds, those of whoever manages clusters.
   */
  private static final NodeGroups USUAL =
      new NodeGroups(
          List.of(
              "karpenter.sh/nodepool",
              "karpenter.sh/provisioner-name",
              "spotinst.io/ocean-vng-id",
              "scheduling.cast.ai/node-template",
              "eks.amazonaws.com/nodegroup",
              "alpha.eksctl.io/nodegroup-name",
              "cloud.google.com/gke-nodepool",
              "kubernetes.azure.com/agentpool",
              "agentpool",
              "oke.oraclecloud.com/pool.name",
              "doks.digitalocean.com/node-pool",
              "k8s.scaleway.com/pool-name",
              "lke.linode.com/pool-id",
              "alibabacloud.com/nodepool-id",
              "ibm-cloud.kubernetes.io/worker-pool-name",
              "worker.gardener.cloud/pool",
              "hypershift.openshift.io/nodePool",
              "machine.openshift.io/cluster-api-machineset",
              "kops.k8s.io/instancegroup",
              "topology.cluster.x-k8s.io/deployment-name",
              "cluster.x-k8s.io/deployment-name",
              "cluster.x-k8s.io/pool-name"));

  public NodeGroups {
    labels = List.copyOf(labels);
  }

  public static NodeGroups usual() {
    return USUAL;
  }

  /**
   * The group of each node, by the node's name. Groups of the same name that different labels name
   * stay apart: all but those of the first such label have the label behind the name.
   */
  public Map<String, String> of(Collection<Node> nodes) {
    Map<String, Integer> firstLabel = new HashMap<>();
    for (Node node : nodes) {
      int label = label(node);
      if (label < labels.size()) {
        firstLabel.merge(node.labels().get(labels.get(label)), label, Math::min);
      }
    }
    Map<Named, String> names = new HashMap<>();
    Map<String, String> groups = new HashMap<>();
    for (Node node : nodes) {
      int label = label(node);
      String group = UNGROUPED;
      if (label < labels.size()) {
        String key = labels.get(label);
        String value = node.labels().getOrDefault(key, "");
        boolean first = firstLabel.getOrDefault(value, label) == label;
        // Nodes of a group share its name.
        group =
            names.computeIfAbsent(
                new Named(key, value),
                named -> shortened(first ? value : "%s (%s)".formatted(value, key)));
      }
      groups.put(node.name(), group);
    }
    return groups;
  }

  /** The place of the first label that the node has; beyond the last one if it has none. */
  private int label(Node node) {
    int label = 0;
    while (label < labels.size() && node.labels().getOrDefault(labels.get(label), "").isBlank()) {
      label++;
    }
    return label;
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    CRC32C hash = new CRC32C();
    hash.update(name.getBytes(StandardCharsets.UTF_8));
    return "%s-%08x".formatted(name.substring(0, LONGEST - 9), hash.getValue());
  }

  private record Named(String label, String value) {}
}
