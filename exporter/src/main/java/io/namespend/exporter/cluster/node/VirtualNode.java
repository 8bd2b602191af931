package io.namespend.exporter.cluster.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A node without a machine. What it reports as its capacity is made up; what runs there is paid for
 * by the pod, elsewhere, or not at all.
 *
 * @param requested what its pods request
 * @see <a href="https://virtual-kubelet.io/docs/">Virtual Kubelet</a>
 * @see <a href="https://kwok.sigs.k8s.io/">KWOK</a>
 * @see <a href="https://docs.liqo.io/">Liqo</a>
 */
public record VirtualNode(Backing backing, Resources requested) {
  /** What stands behind a virtual node. */
  public enum Backing {
    /** Containers that a cloud sells by their size, such as Azure's and Alibaba's instances. */
    SERVERLESS,
    /** Another cluster, whose nodes cost there. */
    CLUSTER,
    /** Nothing: the node and its pods are made up. */
    NOTHING
  }

  /** Of an annotation, and of a taint. */
  private static final String KWOK = "kwok.x-k8s.io/node";

  private static final String PROVIDER = "virtual-kubelet.io/provider";

  /** Of labels whose value says that the node is virtual. */
  private static final List<String> KINDS =
      List.of("type", "kubernetes.io/role", "node.kubernetes.io/instance-type");

  /** Labels that virtual nodes alone have: Alibaba's, Oracle's, interLink's. */
  private static final Set<String> SERVERLESS_LABELS =
      Set.of(
          PROVIDER,
          "alibabacloud.com/virtual-node",
          "node-role.kubernetes.io/virtual-node",
          "node-role.kubernetes.io/virtual-kubelet",
          "virtual-node.interlink/type");

  /** No machine that runs one kernel has so many; virtual nodes say 10,000 or more. */
  private static final double MORE_CORES_THAN_ANY_MACHINE = 4_096;

  private static final Set<String> SERVERLESS_TAINTS =
      Set.of(
          PROVIDER,
          "azure.com/aci",
          "eks.tke.cloud.tencent.com/eklet",
          "virtual-node.interlink/no-schedule");

  private static final Set<String> CLUSTER_TAINTS =
      Set.of("virtual-node.liqo.io/not-allowed", "kosmos.io/node");

  public VirtualNode {
    requireNonNull(backing, "backing");
    requireNonNull(requested, "requested");
  }

  /** Empty for a node with a machine. */
  static Optional<VirtualNode> of(JsonNode node, Map<String, String> labels) {
    return backing(node, labels).map(backing -> new VirtualNode(backing, Resources.NONE));
  }

  public VirtualNode plus(Resources request) {
    return new VirtualNode(backing, requested.plus(request));
  }

  private static Optional<Backing> backing(JsonNode node, Map<String, String> labels) {
    JsonNode spec = Fields.object(node, "spec");
    JsonNode status = Fields.object(node, "status");
    Set<String> kinds =
        KINDS.stream()
            .map(key -> labels.getOrDefault(key, "").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<JsonNode> taints = Fields.objects(spec, "taints");
    String version = Fields.text(Fields.object(status, "nodeInfo"), "kubeletVersion");
    JsonNode annotations = Fields.object(Fields.object(node, "metadata"), "annotations");
    if (kinds.contains("kwok")
        || kinds.contains("fake-kubelet")
        || annotations.has(KWOK)
        || taints.stream().anyMatch(taint -> Fields.text(taint, "key").equals(KWOK))
        || version.startsWith("kwok-")
        || version.equals("fake")
        || Fields.text(spec, "providerID").startsWith("kwok:")) {
      return Optional.of(Backing.NOTHING);
    }
    if (labels.getOrDefault("liqo.io/type", "").equals("virtual-node")
        || labels.getOrDefault("vcluster.loft.sh/fake-node", "").equals("true")
        || labels.getOrDefault(PROVIDER, "").equals("admiralty")
        || labels.getOrDefault("kosmos.io/node", "").equals("true")) {
      return Optional.of(Backing.CLUSTER);
    }
    boolean isServerless =
        kinds.contains("virtual-kubelet")
            || kinds.contains("virtual-node")
            || kinds.contains("eklet")
            || SERVERLESS_LABELS.stream().anyMatch(labels::containsKey)
            || labels.getOrDefault("virtualization", "").startsWith("virtualnode");
    for (JsonNode taint : taints) {
      String key = Fields.text(taint, "key");
      if (CLUSTER_TAINTS.contains(key)
          || (key.equals(PROVIDER) && Fields.text(taint, "value").equals("admiralty"))) {
        return Optional.of(Backing.CLUSTER);
      }
      isServerless |= SERVERLESS_TAINTS.contains(key);
    }
    return isServerless
            || version.contains("-vk-")
            || ResourceAmounts.amount(Fields.object(status, "capacity"), "cpu")
                > MORE_CORES_THAN_ANY_MACHINE
        ? Optional.of(Backing.SERVERLESS)
        : Optional.empty();
  }
}
