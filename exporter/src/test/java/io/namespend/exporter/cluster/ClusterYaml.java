package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Clusters as a person would apply them. */
public final class ClusterYaml {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private ClusterYaml() {}

  /** One object. */
  public static JsonNode object(String yaml) {
    return YAML.unmarshal(yaml, JsonNode.class);
  }

  /** Documents parted by {@code ---} lines. */
  public static List<JsonNode> objects(String yaml) {
    return Stream.of(yaml.split("(?m)^---$", -1)).map(ClusterYaml::object).toList();
  }

  /** What the exporter keeps of the documents. */
  public static ClusterSnapshot snapshot(String yaml) {
    return snapshot(yaml, Set.of());
  }

  /**
   * @param workloadLabels keys of the workload labels to keep
   */
  public static ClusterSnapshot snapshot(String yaml, Set<String> workloadLabels) {
    return survey(yaml, workloadLabels).snapshot();
  }

  /**
   * @param nodeLabels keys of the node labels to keep
   * @param types what machines have
   */
  public static ClusterSnapshot snapshot(String yaml, Set<String> nodeLabels, InstanceTypes types) {
    ClusterRecords records =
        new ClusterRecords(NodeLabels.keeping(nodeLabels), Set.of(), types, WorkloadFolding.USUAL);
    objects(yaml).forEach(records::add);
    return records.snapshot();
  }

  /**
   * @param workloadLabels keys of the workload labels to keep
   */
  public static SurveyedCluster survey(String yaml, Set<String> workloadLabels) {
    ClusterRecords records = new ClusterRecords(Set.of(), workloadLabels);
    objects(yaml).forEach(records::add);
    return records.survey();
  }
}
