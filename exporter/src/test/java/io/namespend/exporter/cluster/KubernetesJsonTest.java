package io.namespend.exporter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class KubernetesJsonTest {
  @Test
  void leavesOutWhatCostsDoNotDependOn() throws IOException {
    assertThat(
            read(
                """
                {"metadata": {"managedFields": [{"manager": "kubelet"}], "name": "a"},
                 "spec": {"containers": [{"name": "c", "env": [{"name": "X"}], "resources": {"requests": {"cpu": "1"}}}],
                          "volumes": [], "priority": 0, "nodeName": null, "enableServiceLinks": true},
                 "status": {"images": [{"names": ["i"]}], "phase": "Running", "share": 0.5}}
                """))
        .hasToString(
            "{\"metadata\":{\"name\":\"a\"},"
                + "\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{\"requests\":{\"cpu\":\"1\"}}}],"
                + "\"priority\":0,\"nodeName\":null,\"enableServiceLinks\":true},"
                + "\"status\":{\"phase\":\"Running\",\"share\":0.5}}");
  }

  @Test
  void keepsLabelsOfAnyName() throws IOException {
    String labels =
        "{\"labels\":{\"env\":\"production\",\"volumes\":\"many\",\"images\":\"none\"}}";

    assertThat(read(labels)).hasToString(labels);
  }

  @Test
  void readsNoHalfObjects() {
    assertThatThrownBy(() -> read("{\"metadata\":{\"name\":\"a\"")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"spec\":[1, 2")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"env\":[1, 2")).isInstanceOf(IOException.class);
  }

  private static JsonNode read(String json) throws IOException {
    try (JsonParser parser = KubernetesJson.parser().createParser(json)) {
      parser.nextToken();
      return KubernetesJson.read(parser);
    }
  }
}
