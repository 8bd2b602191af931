package io.namespend.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.exporter.cluster.StandInApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads before label policies refuse anything. */
class AuditLabelsCommandTest {
  /** The node's 2 vCPU cost 0.90 each; memory is not requested. */
  private static final String POLICY =
      """
      ownership: {labels: {costCenter: [cost-center, cc]}}
      prices: {sources: [sheet], sheet: {file: prices.csv}, split: scad}
      """;

  private static final String NODE =
      """
      {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "n1", "labels": {
        "node.kubernetes.io/instance-type": "m5.large", "topology.kubernetes.io/region": "us-east-1"}},
       "status": {"capacity": {"cpu": "2", "memory": "8Gi"}}}
      """;

  private static final String OBJECTS =
      """
      {"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "shop", "labels":
        {"team": "web", "cost-center": "cc-1", "environment": "production"}}},
      {"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "lab", "annotations": {"namespend.io/team": "ml"}}},
      {"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "kube-system"}},
      {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"namespace": "shop", "name": "cart", "labels":
        {"team": "cart", "cc": "cc-2", "environment": "production"}}, "spec": {"template": {"metadata": {"labels":
        {"team": "cart", "cc": "cc-2", "environment": "production"}}}}},
      {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"namespace": "shop", "name": "web", "labels": {"team": "front"}},
       "spec": {"template": {"metadata": {"labels": {"environment": ""}}}}},
      {"kind": "CronJob", "apiVersion": "batch/v1", "metadata": {"namespace": "lab", "name": "train", "labels":
        {"cost-center": "cc-3", "environment": "dev"}}},
      {"kind": "DaemonSet", "apiVersion": "apps/v1", "metadata": {"namespace": "kube-system", "name": "proxy"}},
      {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "shop", "name": "cart-1", "labels":
        {"team": "cart", "cc": "cc-2", "environment": "production"},
        "ownerReferences": [{"kind": "ReplicaSet", "name": "cart-a", "controller": true}]},
       "spec": {"nodeName": "n1", "containers": [{"name": "a", "resources": {"requests": {"cpu": "500m"}}}]}},
      {"kind": "ReplicaSet", "apiVersion": "apps/v1", "metadata": {"namespace": "shop", "name": "cart-a",
        "ownerReferences": [{"kind": "Deployment", "name": "cart", "controller": true}]}},
      {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "lab", "name": "notebook"},
       "spec": {"nodeName": "n1", "containers": [{"name": "a", "resources": {"requests": {"cpu": "250m"}}}]}},
      {"kind": "Pod", "apiVersion": "v1", "metadata": {"namespace": "lab", "name": "gone-1",
        "ownerReferences": [{"kind": "StatefulSet", "name": "gone", "controller": true}]},
       "spec": {"nodeName": "n1", "containers": [{"name": "a", "resources": {"requests": {"cpu": "250m"}}}]}}
      """;

  @TempDir private Path folder;
  private String policy;

  @BeforeEach
  void writePolicy() throws IOException {
    Files.writeString(
        folder.resolve("prices.csv"), "kind,instance_type,price,per\nnode,m5.large,2.6,hour\n");
    policy = Files.writeString(folder.resolve("policy.yaml"), POLICY).toString();
  }

  @Test
  void tellsAPersonWhatToDo() throws IOException {
    Run audit = audit("--policy", policy);

    assertThat(audit.err()).isEmpty();
    assertThat(audit.out())
        .isEqualTo(
            """
            COVERAGE             team          cost-center   environment   all of them
            namespaces labelled  1/2 50.0%     1/2 50.0%     1/2 50.0%     1/2 50.0%
            workloads labelled   1/4 25.0%     1/4 25.0%     1/4 25.0%     1/4 25.0%
            USD/h by own label   0.4500 50.0%  0.4500 50.0%  0.4500 50.0%  0.4500 50.0%
            USD/h by namespace   0.4500 50.0%  0.0000 0.0%   0.0000 0.0%   0.0000 0.0%
            USD/h by nobody      0.0000 0.0%   0.4500 50.0%  0.4500 50.0%  0.4500 50.0%

            Without an owner, in all namespaces: namespaces team 1, cost-center 2, environment 2; workloads with
            pods team 0, cost-center 2, environment 2.

            PER HOUR  OFFENDER              WHAT TO DO
            0.4500    namespace lab         kubectl label namespace lab team=ml cost-center=<cost-center>
                                            environment=<environment>
            0.2250    pod lab/notebook      label its pods or its namespace: cost-center: <cost-center>,
                                            environment: <environment>
            0.2250    statefulset lab/gone  only its pods were read: read the statefulset too
            0.0000    cronjob lab/train     metadata.labels: team: ml;
                                            spec.jobTemplate.spec.template.metadata.labels: team: ml,
                                            cost-center: cc-3, environment: dev
            0.0000    deployment shop/web   metadata.labels: cost-center: cc-1, environment: production;
                                            spec.template.metadata.labels: team: front, cost-center: cc-1,
                                            environment: production

            PER HOUR  FOREIGN               NAMES       NAMESPACE HAS  CHARGED TO
            0.4500    deployment shop/cart  cart, cc-2  web, cc-1      web, cc-1

            Left out: kube-*, kyverno

            not ready for Enforce, which needs 95%: namespaces 50.0%, workloads 25.0%, money with an owner 50.0%
            """);
    assertThat(audit.exit()).isEqualTo(3);
  }

  @Test
  void isReadyAtAThresholdThatIsReached() throws IOException {
    Run all = audit("--threshold", "0");

    assertThat(all.exit()).isZero();
    assertThat(all.out())
        .endsWith("ready for Enforce: namespaces, workloads and money all reach 0%\n");
    assertThat(audit("--policy", policy, "--threshold", "25").exit()).isZero();
    assertThat(audit("--policy", policy, "--threshold", "25.1").exit()).isEqualTo(3);
  }

  @Test
  void leavesOutWhatItIsTold() throws IOException {
    JsonNode audit = json("--exclude", "kube-*,lab");

    assertThat(audit.path("coverageOfAll").path("namespaces").path("total").asInt()).isEqualTo(1);
    assertThat(audit.path("coverageOfAll").path("workloads").path("total").asInt()).isEqualTo(2);
    assertThat(audit.path("namespacesWithoutOwner").path("team").asInt())
        .as("everywhere")
        .isEqualTo(1);
  }

  @Test
  void withoutNodesNothingHasAPriceAndLabelsAreAuditedAllTheSame() throws IOException {
    Run audit = Run.of("audit-labels", "--cluster-snapshot", dump(OBJECTS));

    assertThat(audit.exit()).isEqualTo(3);
    assertThat(audit.out())
        .contains("No prices:", "workloads labelled")
        .doesNotContain("USD/h", "money");
  }

  @Test
  void anEmptyDumpIsNotReady() throws IOException {
    Run audit = Run.of("audit-labels", "--cluster-snapshot", dump(NODE), "--threshold", "0");

    assertThat(audit.exit()).isEqualTo(3);
    assertThat(audit.out()).contains("nothing that policies check was read");
  }

  @Test
  void aRowOfCsvForEachNamespaceAndWorkload() throws IOException {
    Run audit = audit("--policy", policy, "--format", "csv");

    assertThat(audit.exit()).isEqualTo(3);
    assertThat(audit.err()).startsWith("not ready for Enforce").hasLineCount(1);
    assertThat(List.of(audit.out().split("\r\n")))
        .hasSize(1 + 2 + 5)
        .startsWith(
            "kind,namespace,name,check,compliant,missing,missing_in_template,hourly_cost,currency,"
                + "team,team_source,cost_center,cost_center_source,environment,"
                + "environment_source,remedy")
        .anyMatch(row -> row.startsWith("deployment,shop,cart,checked,true,,,"))
        .anyMatch(
            row ->
                row.endsWith(",\"names another owner than its namespace, charged to web, cc-1\""))
        .anyMatch(
            row -> row.startsWith("pod,lab,notebook,unchecked,false,cost-center environment,"));
  }

  @Test
  void auditsALiveClusterAsItDoesItsDump() throws IOException {
    try (StandInApiServer api = StandInApiServer.start()) {
      for (JsonNode object : items()) {
        api.apply(object.toString());
      }
      Path kubeconfig =
          Files.writeString(
              folder.resolve("kubeconfig"),
              """
              apiVersion: v1
              kind: Config
              clusters: [{name: c, cluster: {server: "%s"}}]
              users: [{name: u, user: {}}]
              contexts: [{name: c, context: {cluster: c, user: u}}]
              current-context: c
              """
                  .formatted(StandInApiServer.url(api.port())));

      Run live = Run.of("audit-labels", "--kubeconfig", kubeconfig.toString(), "--policy", policy);

      assertThat(live.out()).isEqualTo(audit("--policy", policy).out());
    }
  }

  @Test
  void mistakesOfTheCallerAreSaid() throws IOException {
    assertThat(audit("--threshold", "101").exit()).isEqualTo(2);
    assertThat(audit("--threshold", "NaN").exit()).isEqualTo(2);
    assertThat(audit("--format", "xml").err()).contains("table, json, csv");
    assertThat(Run.of("audit-labels", "--cluster-snapshot", folder + "/none").exit()).isEqualTo(1);
    Run nobody = Run.of("audit-labels", "--kubeconfig", folder + "/none");
    assertThat(nobody.exit()).isEqualTo(1);
    assertThat(nobody.err()).contains("does not exist");
  }

  private Run audit(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("audit-labels", "--cluster-snapshot", dump(NODE + "," + OBJECTS)));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--format", "json"));
    all.addAll(List.of(arguments));
    return new ObjectMapper().readTree(audit(all.toArray(String[]::new)).out());
  }

  private static JsonNode items() throws IOException {
    return new ObjectMapper().readTree("[" + NODE + "," + OBJECTS + "]");
  }

  private String dump(String items) throws IOException {
    return Files.writeString(
            folder.resolve("cluster.json"), "{\"kind\": \"List\", \"items\": [" + items + "]}")
        .toString();
  }
}
