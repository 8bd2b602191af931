package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  private static final String KWOK_ANNOTATION = "kwok.x-k8s.io/node";
  private static final String PROVIDER = "virtual-kubelet.io/provider";

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

  VirtualNode plus(Resources request) {
    return new VirtualNode(backing, requested.plus(request));
  }

  private static Optional<Backing> backing(JsonNode node, Map<String, String> labels) {
    JsonNode spec = Fields.object(node, "spec");
    String type = labels.getOrDefault("type", "");
    JsonNode annotations = Fields.object(Fields.object(node, "metadata"), "annotations");
    if (type.equals("kwok")
        || type.equals("fake-kubelet")
        || annotations.has(KWOK_ANNOTATION)
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
        type.equals("virtual-kubelet")
            || labels.containsKey(PROVIDER)
            || labels.getOrDefault("virtualization", "").startsWith("virtualnode")
            || labels.getOrDefault("node.kubernetes.io/instance-type", "").equals("eklet");
    for (JsonNode taint : Fields.objects(spec, "taints")) {
      String key = Fields.text(taint, "key");
      if (CLUSTER_TAINTS.contains(key)
          || (key.equals(PROVIDER) && Fields.text(taint, "value").equals("admiralty"))) {
        return Optional.of(Backing.CLUSTER);
      }
      isServerless |= SERVERLESS_TAINTS.contains(key);
    }
    String version =
        Fields.text(Fields.object(Fields.object(node, "status"), "nodeInfo"), "kubeletVersion");
    return isServerless || version.contains("-vk-")
        ? Optional.of(Backing.SERVERLESS)
        : Optional.empty();
  }
}
