package io.namespend.exporter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.cluster.watch.KindSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterDumpTest {
  private static final Instant READ_AT = Instant.parse("2026-11-20T08:00:00Z");
  private static final String NODE =
      """
      {"kind": "Node", "metadata": {"name": "n1"}}
      """;
  private static final String REMEDY =
      "; write one with: kubectl get"
          + " nodes,namespaces,pods,deployments,replicasets,statefulsets,daemonsets,jobs,cronjobs,"
          + "pv,storageclasses,services,ingresses -A -o json > cluster.json";

  @TempDir private Path folder;

  @Test
  void readsTheListThatKubectlWrites() throws IOException {
    Path file =
        write(
            "cluster.json",
            """
            {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": [
              {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n2"}},
              {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"}},
              {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"team": "web"}}},
              {"apiVersion": "v1", "kind": "Pod",
               "metadata": {"namespace": "shop", "name": "web-7f9c-x2x4z",
                 "ownerReferences": [{"kind": "ReplicaSet", "name": "web-7f9c", "controller": true}]},
               "spec": {"nodeName": "n1", "containers": [
                 {"name": "app", "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}}}]},
               "status": {"phase": "Running"}},
              {"apiVersion": "apps/v1", "kind": "ReplicaSet",
               "metadata": {"namespace": "shop", "name": "web-7f9c",
                 "ownerReferences": [{"kind": "Deployment", "name": "web", "controller": true}]}},
              {"apiVersion": "v1", "kind": "Service", "metadata": {"namespace": "shop", "name": "web"}}
            ]}
            """);

    ClusterSnapshot cluster = new ClusterDump(file, READ_AT).snapshot();

    assertThat(cluster.nodes()).extracting(Node::name).containsExactly("n1", "n2");
    assertThat(cluster.namespaces()).extracting(Namespace::name).containsExactly("shop");
    assertThat(cluster.namespaces().get(0).labels()).containsEntry("team", "web");
    assertThat(cluster.pods())
        .containsExactly(
            new Pod(
                "shop",
                "web-7f9c-x2x4z",
                "n1",
                new Workload("shop", "deployment", "web"),
                Resources.ofGib(0.5, 1, 0),
                0));
  }

  @Test
  void readsASingleObject() throws IOException {
    assertThat(nodesIn(write("node.json", NODE))).containsExactly("n1");
  }

  @Test
  void readsATypedListWhoseItemsDoNotSayTheirKind() throws IOException {
    Path file =
        write(
            "nodes.json",
            """
            {"kind": "NodeList", "items": [{"metadata": {"name": "n1"}}, {"metadata": {"name": "n2"}}]}
            """);

    assertThat(nodesIn(file)).containsExactly("n1", "n2");
  }

  @Test
  void readsAListInAList() throws IOException {
    Path file =
        write(
            "nested.json",
            """
            {"kind": "List", "items": [{"kind": "NodeList", "items": [{"metadata": {"name": "n1"}}]}]}
            """);

    assertThat(nodesIn(file)).containsExactly("n1");
  }

  @Test
  void readsAllJsonFilesOfAFolderAndSkipsWhatIsNoKubernetesObject() throws IOException {
    write("1-nodes.json", NODE);
    write(
        "2-namespaces.json",
        """
        {"kind": "Namespace", "metadata": {"name": "shop"}}
        """);
    write("package.json", "{\"name\": \"not-kubernetes\"}");
    write("empty.json", "");
    write("notes.txt", "not even JSON");

    ClusterSnapshot cluster = new ClusterDump(folder, READ_AT).snapshot();

    assertThat(cluster.nodes()).extracting(Node::name).containsExactly("n1");
    assertThat(cluster.namespaces()).extracting(Namespace::name).containsExactly("shop");
  }

  @Test
  void countsAnObjectThatLiesInTwoFilesOnce() throws IOException {
    String pod =
        """
        {"kind": "Pod", "metadata": {"namespace": "%s", "name": "web"}, "spec": {"nodeName": "n1"}}
        """;
    write("1-node.json", NODE);
    write("2-node-again.json", NODE);
    write("3-pod.json", pod.formatted("shop"));
    write("4-pod-again.json", pod.formatted("shop"));
    write("5-same-name-elsewhere.json", pod.formatted("other"));

    ClusterSnapshot cluster = new ClusterDump(folder, READ_AT).snapshot();

    assertThat(cluster.nodes()).hasSize(1);
    assertThat(cluster.pods()).extracting(Pod::namespace).containsExactly("other", "shop");
  }

  /** Such files come from tools that write an absent list as null. */
  @Test
  void takesNullForAbsent() throws IOException {
    Path file =
        write(
            "nulls.json",
            """
            {"kind": "List", "items": [
              {"kind": "Node", "metadata": {"name": "n1", "labels": null}, "spec": null, "status": {"capacity": null, "conditions": null}},
              {"kind": "Pod", "metadata": {"namespace": "shop", "name": "web", "labels": {"app": null}, "ownerReferences": null},
               "spec": {"nodeName": "n1", "containers": null, "initContainers": null, "overhead": null},
               "status": {"conditions": null, "containerStatuses": null, "initContainerStatuses": null}}
            ]}
            """);

    assertThat(new ClusterDump(file, READ_AT).snapshot().pods())
        .extracting(Pod::request)
        .containsExactly(Resources.NONE);
  }

  @Test
  void isSyncedFromTheStart() throws IOException {
    ClusterSource dump = new ClusterDump(write("node.json", NODE), READ_AT);

    dump.start();

    assertThat(dump.isSynced()).isTrue();
    assertThat(dump.syncs()).contains(new KindSync("nodes", Optional.of(READ_AT), 1));
    dump.close();
  }

  static Stream<List<String>> brokenDumps() {
    return Stream.of(
        List.of("", "%s has no \"kind\", so it is not a dump" + REMEDY),
        List.of("[]", "%s has no \"kind\", so it is not a dump" + REMEDY),
        List.of("{\"kind\": 1}", "%s has no \"kind\", so it is not a dump" + REMEDY),
        List.of(
            "{\"kind\": \"List\", \"items\": []}",
            "%s has no Node, so there is nothing to price" + REMEDY));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenDumps")
  void saysWhyAFileIsNoDump(List<String> contentThenMessage) throws IOException {
    Path file = write("cluster.json", contentThenMessage.get(0));

    assertThatThrownBy(() -> new ClusterDump(file, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessage(contentThenMessage.get(1), file);
  }

  @Test
  void saysThatAFileDoesNotExist() {
    Path file = folder.resolve("missing.json");

    assertThatThrownBy(() -> new ClusterDump(file, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessage(file + " does not exist" + REMEDY);
  }

  @Test
  void saysThatAFolderHasNoNode() {
    assertThatThrownBy(() -> new ClusterDump(folder, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessage(folder + " has no Node, so there is nothing to price" + REMEDY);
  }

  @Test
  void namesTheLineThatIsNotJson() throws IOException {
    Path file =
        write(
            "cluster.yaml",
            """
            {"kind": "List",
             "items": [
            kind: Node
            """);

    assertThatThrownBy(() -> new ClusterDump(file, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessageStartingWith(file + " is not JSON: line 3: Unrecognized token 'kind'")
        .hasMessageEndingWith(REMEDY)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesADocumentThatNeverEndsWhateverItsDepth() throws IOException {
    Path file = write("cluster.json", "{\"kind\": ".repeat(2000));

    assertThatThrownBy(() -> new ClusterDump(file, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessageStartingWith(file + " is not JSON: ")
        .hasMessageContaining("Unexpected end-of-input");
  }

  /** As {@code kubectl get ... >> cluster.json} makes them; only the first would be read. */
  @Test
  void refusesTwoDocumentsInOneFile() throws IOException {
    Path file = write("cluster.json", NODE + NODE);

    assertThatThrownBy(() -> new ClusterDump(file, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessage(file + " has a second JSON document in line 2" + REMEDY);
  }

  /** It costs nothing, and nobody learns so by a cluster that is smaller. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"kind": "Node", "metadata": {"name": "n2"}, "status": {"capacity": {"cpu": "four"}}} | nodes | Node "n2": cpu: "four" is not a Kubernetes quantity such as 500m or 2Gi
          {"kind": "Node", "metadata": {"name": "n2"}, "status": {"capacity": {"cpu": "-4"}}}   | nodes | Node "n2": cpu is -4; it must be from 0 to 2^63
          {"kind": "Node", "metadata": {"name": "n2"}, "spec": 5}                               | nodes | Node "n2": spec is not an object
          {"kind": "Node", "metadata": {}}                                                      | nodes | Node "": metadata.name is missing
          {"kind": "Node"}                                                                      | nodes | Node "": metadata.name is missing
          {"kind": "Pod", "metadata": {"name": "web"}, "spec": {"nodeName": "n1"}}              | pods  | Pod "web": metadata.namespace is missing
          """)
  void oneObjectThatCannotBeReadCostsNoOther(String object, String kind, String message)
      throws IOException {
    Path file =
        write("cluster.json", "{\"kind\": \"List\", \"items\": [%s, %s]}".formatted(object, NODE));

    try (LogLines log = new LogLines()) {
      ClusterDump dump = new ClusterDump(file, READ_AT);

      assertThat(dump.snapshot().nodes()).extracting(Node::name).containsExactly("n1");
      assertThat(dump.syncs())
          .filteredOn(sync -> sync.kind().equals(kind))
          .extracting(KindSync::unreadable)
          .containsExactly(1);
      assertThat(log.with(""))
          .containsExactly("WARNING left out of %s: %s".formatted(file, message));
    }
  }

  @Test
  void saysWhyNoNodeIsLeft() throws IOException {
    Path file =
        write(
            "cluster.json",
            """
            {"kind": "Node", "metadata": {"name": "n1"}, "status": {"capacity": {"cpu": "four"}}}
            """);

    assertThatThrownBy(() -> new ClusterDump(file, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessage(
            file
                + " has no Node that can be read: Node \"n1\": cpu: \"four\" is not a Kubernetes"
                + " quantity such as 500m or 2Gi");
  }

  /** In a second file, or a second time in the same: the one that can be read counts. */
  @Test
  void takesTheCopyThatCanBeRead() throws IOException {
    write(
        "1.json",
        """
        {"kind": "Node", "metadata": {"name": "n1"}, "status": {"capacity": {"cpu": "four"}}}
        """);
    write("2.json", NODE);

    assertThat(nodesIn(folder)).containsExactly("n1");
  }

  /** As {@code kubectl cluster-info dump --output-directory} leaves them. */
  @Test
  void readsFoldersOfNamespaces() throws IOException {
    writeClusterInfoDump();

    try (LogLines log = new LogLines()) {
      ClusterSnapshot cluster = new ClusterDump(folder, READ_AT).snapshot();

      assertThat(cluster.nodes()).extracting(Node::name).containsExactly("n1");
      assertThat(cluster.pods())
          .extracting(pod -> pod.workload().type() + "/" + pod.workload().name())
          .containsExactly("deployment/web");
      assertThat(cluster.loadBalancers()).hasSize(1);
      assertThat(log.with("")).isEmpty();
    }
  }

  /** The objects before the break count, as do all other files. */
  @Test
  void aTruncatedFileOfAFolderCostsWhatIsMissingInIt() throws IOException {
    writeClusterInfoDump();
    write(
        "shop/pods.json",
        """
        {"kind": "PodList", "apiVersion": "v1", "items": [
          {"metadata": {"namespace": "shop", "name": "first"}, "spec": {"nodeName": "n1"}},
          {"metadata": {"namespace": "shop", "name": "second"}, "spec": {"nodeNa\
        """);
    write("shop/notes.json", "{\"name\": \"not-kubernetes\"}");

    try (LogLines log = new LogLines()) {
      ClusterSnapshot cluster = new ClusterDump(folder, READ_AT).snapshot();

      assertThat(cluster.pods()).extracting(Pod::name).containsExactly("first");
      assertThat(cluster.loadBalancers()).hasSize(1);
      assertThat(log.with(""))
          .singleElement(STRING)
          .startsWith(
              "WARNING left out of %s: shop/notes.json is not a Kubernetes object; shop/pods.json is"
                      .formatted(folder)
                  + " not JSON: line 3: ");
    }
  }

  @Test
  void namesSomeAndCountsTheRestOfWhatCannotBeRead() throws IOException {
    write("n1.json", NODE);
    for (int i = 0; i < 1000; i++) {
      write("pod-%03d.json".formatted(i), "{\"kind\": \"Pod\", \"metadata\": {\"name\": \"p\"}}");
    }

    try (LogLines log = new LogLines()) {
      assertThat(nodesIn(folder)).containsExactly("n1");
      assertThat(log.with("")).singleElement(STRING).endsWith("; and 995 more");
    }
  }

  /** Two clusters, or one twice: their sum is the cost of neither. */
  @Test
  void refusesAFolderWithTwoDumps() throws IOException {
    write("monday/nodes.json", NODE);
    write("tuesday/nodes.json", NODE.replace("n1", "n2"));

    assertThatThrownBy(() -> new ClusterDump(folder, READ_AT))
        .isInstanceOf(InvalidDumpException.class)
        .hasMessage(
            folder
                + " has nodes in several of its folders (monday, tuesday), so it holds several"
                + " dumps; name one of them");
  }

  /** A link to the folder itself, and what a mounted ConfigMap hides. */
  @Test
  void readsEachFileOnce() throws IOException {
    write("nodes.json", NODE);
    write("..2026_11_20/nodes.json", NODE.replace("n1", "hidden"));
    Files.createSymbolicLink(folder.resolve("again"), folder);

    assertThat(nodesIn(folder)).containsExactly("n1");
  }

  /** One object is in memory at a time, so a dump may be larger than that. */
  @Test
  void readsAListOfWhichTheKindComesLast() throws IOException {
    Path file =
        write(
            "nodes.json",
            """
            {"apiVersion": "v1", "items": [{"metadata": {"name": "n1"}}, {"metadata": {"name": "n2"}}], "kind": "NodeList"}
            """);

    assertThat(nodesIn(file)).containsExactly("n1", "n2");
  }

  private void writeClusterInfoDump() throws IOException {
    write(
        "nodes.json",
        """
        {"kind": "NodeList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"}, "items": [
          {"metadata": {"name": "n1", "managedFields": [{"manager": "kubelet"}]}}]}
        """);
    write(
        "shop/pods.json",
        """
        {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": [
          {"metadata": {"namespace": "shop", "name": "web-7f9c-x2x4z",
             "ownerReferences": [{"kind": "ReplicaSet", "name": "web-7f9c", "controller": true}]},
           "spec": {"nodeName": "n1", "containers": [{"name": "app"}]}, "status": {"phase": "Running"}}]}
        """);
    write(
        "shop/replicasets.json",
        """
        {"kind": "ReplicaSetList", "apiVersion": "apps/v1", "metadata": {}, "items": [
          {"metadata": {"namespace": "shop", "name": "web-7f9c",
             "ownerReferences": [{"kind": "Deployment", "name": "web", "controller": true}]}}]}
        """);
    write(
        "shop/services.json",
        """
        {"kind": "ServiceList", "apiVersion": "v1", "metadata": {}, "items": [
          {"metadata": {"namespace": "shop", "name": "web"}, "spec": {"type": "LoadBalancer"},
           "status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}}]}
        """);
    write("shop/events.json", "{\"kind\": \"EventList\", \"apiVersion\": \"v1\", \"items\": []}");
    write("shop/daemonsets.json", "{\"kind\": \"DaemonSetList\", \"apiVersion\": \"apps/v1\"}");
    write(
        "shop/deployments.json",
        "{\"kind\": \"DeploymentList\", \"apiVersion\": \"apps/v1\", \"items\": null}");
    write("shop/web-7f9c-x2x4z/logs.txt", "{\"kind\": \"Node\"}\n==== START logs ====\n");
  }

  private List<String> nodesIn(Path path) {
    return new ClusterDump(path, READ_AT).snapshot().nodes().stream().map(Node::name).toList();
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, content);
  }
}
