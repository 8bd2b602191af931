package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.exporter.cluster.ClusterYaml;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PublishedSumsTest {
  private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+)\\{(.*)} (\\S+)$");
  private static final Pattern PART =
      Pattern.compile("(?:resource|basis|tenancy|split)=\"([^\"]*)\"");

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: a, labels: {node.kubernetes.io/instance-type: example.large}}
      status:
        capacity: {cpu: '4', memory: 16Gi}
        allocatable: {cpu: '3', memory: 15Gi}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: b, labels: {node.kubernetes.io/instance-type: example.gpu}}
      status:
        capacity: {cpu: '8', memory: 32Gi, nvidia.com/gpu: '1'}
        allocatable: {cpu: '8', memory: 32Gi, nvidia.com/gpu: '1'}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: kube-system}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web, namespace: shop}
      spec:
        nodeName: a
        containers: [{name: c, resources: {requests: {cpu: 500m, memory: 1Gi}}}]
      status: {phase: Running}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: train, namespace: shop}
      spec:
        nodeName: b
        containers:
          - {name: c, resources: {requests: {cpu: 2, memory: 3Gi, nvidia.com/gpu: 1}}}
      status: {phase: Running}
      """;

  @Test
  void sumsAreThoseOfTheSeriesOnTheSamePage() {
    String page = page(CLUSTER);
    Map<String, Double> published = new TreeMap<>();
    Map<String, Double> series = new TreeMap<>();
    Matcher row = SERIES.matcher(page);
    while (row.find()) {
      double value = Double.parseDouble(row.group(3));
      if (row.group(1).equals("namespend_published_sum")) {
        published.put(row.group(2), value);
      } else {
        Matcher part = PART.matcher(row.group(2));
        String family = "family=\"%s\",part=\"%s\"";
        series.merge(family.formatted(row.group(1), ""), value, Double::sum);
        if (part.find()) {
          series.merge(family.formatted(row.group(1), part.group(1)), value, Double::sum);
        }
      }
    }

    assertThat(published)
        .hasSizeGreaterThan(20)
        .containsEntry("family=\"namespend_node_capacity\",part=\"cpu\"", 12.0)
        .containsEntry("family=\"namespend_workload_requested\",part=\"gpu\"", 1.0)
        .containsEntry("family=\"namespend_namespace_info\",part=\"tenant\"", 2.0)
        .containsEntry("family=\"namespend_allocation_weight\",part=\"request\"", 1.4);
    assertThat(published)
        .allSatisfy(
            (family, sum) -> {
              assertThat(series).as(family).containsKey(family);
              assertThat(sum).as(family).isCloseTo(series.get(family), within(1e-9 * sum));
            });
  }

  @Test
  void aFamilyWithoutSeriesHasNoSum() {
    assertThat(page(CLUSTER))
        .doesNotContain("family=\"namespend_claim_hourly_cost\"")
        .doesNotContain("family=\"kubecost_load_balancer_cost\"");
  }

  private static String page(String yaml) {
    return Exposition.text(
        Exposition.metrics(Map.of("example.large", 1.0, "example.gpu", 3.0), true)
            .of(ClusterYaml.snapshot(yaml), Instant.EPOCH));
  }
}
