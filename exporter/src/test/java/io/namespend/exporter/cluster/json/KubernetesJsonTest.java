package io.namespend.exporter.cluster.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.ClusterRecords;
import io.namespend.exporter.cluster.MutatedJson;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KubernetesJsonTest {
  @Test
  void keepsOnlyWhatIsAskedFor() throws IOException {
    assertThat(
            read(
                """
                {"metadata": {"managedFields": [{"manager": "kubelet"}], "name": "a", "labels": {"env": "test", "b": null}},
                 "spec": {"containers": [{"name": "c", "env": [{"name": "X"}], "resources": {"requests": {"cpu": 1}}}, {}, 7],
                          "volumes": [], "priority": 0, "nodeName": null},
                 "status": "none", "phase": 0.5}
                """,
                KeptFields.of(
                    "metadata.name",
                    "metadata.labels",
                    "spec.containers.resources.requests",
                    "spec.nodeName",
                    "status.phase",
                    "phase")))
        .hasToString(
            "{\"metadata\":{\"name\":\"a\",\"labels\":{\"env\":\"test\",\"b\":null}},"
                + "\"spec\":{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":1}}},{},7],"
                + "\"nodeName\":null},\"status\":\"none\",\"phase\":0.5}");
  }

  @Test
  void readsNoHalfObjects() {
    assertThatThrownBy(() -> read("{\"metadata\":{\"name\":\"a\"", KeptFields.ALL))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"spec\":[1, 2", KeptFields.ALL))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"env\":[1, 2", KeptFields.of("spec")))
        .isInstanceOf(IOException.class);
  }

  /** What records are made of must not be skipped. */
  @Test
  void allThatCostsDependOnIsKept() throws IOException {
    ClusterRecords whole = new ClusterRecords(Set.of("zone"), Set.of("team"));
    ClusterRecords kept = new ClusterRecords(Set.of("zone"), Set.of("team"));
    Set<Kind> seen = EnumSet.noneOf(Kind.class);
    for (ObjectNode object : MutatedJson.objects()) {
      Kind kind = Kind.named(object.get("kind").textValue()).orElseThrow();
      seen.add(kind);
      whole.add(kind, object);
      kept.add(kind, read(MutatedJson.text(object), kind.kept()));
    }

    assertThat(seen).containsExactly(Kind.values());
    assertThat(kept.survey()).isEqualTo(whole.survey());
  }

  private static JsonNode read(String json, KeptFields kept) throws IOException {
    try (JsonParser parser = KubernetesJson.parser().createParser(json)) {
      parser.nextToken();
      return KubernetesJson.read(parser, kept);
    }
  }
}
