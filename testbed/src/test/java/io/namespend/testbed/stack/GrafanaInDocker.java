package io.namespend.testbed.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.exception.NotFoundException;
import io.namespend.testbed.dashboards.Dashboard;
import io.namespend.testbed.dashboards.Question;
import io.namespend.testbed.process.Grafana;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/**
 * A Grafana that has the dashboards by provisioning, on the host's network, where Prometheus is.
 */
final class GrafanaInDocker implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final GenericContainer<?> container;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private GrafanaInDocker(GenericContainer<?> container, URI address) {
    this.container = container;
    this.address = address;
  }

  /** Skips the test, with the reason, where there is no engine or no image. */
  static void assumeItCanStart() {
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    assumeTrue(hasImage(), "run docker pull " + Grafana.IMAGE + " first: tests pull no images");
  }

  private static boolean hasImage() {
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(Grafana.IMAGE).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  static GrafanaInDocker start(Path folder, List<Dashboard> dashboards, URI prometheus)
      throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    GenericContainer<?> container =
        new GenericContainer<>(Grafana.IMAGE)
            .withNetworkMode("host")
            .withEnv("GF_SERVER_HTTP_ADDR", "127.0.0.1")
            .withEnv("GF_SERVER_HTTP_PORT", String.valueOf(port))
            .withEnv("GF_AUTH_ANONYMOUS_ENABLED", "true")
            .withEnv("PROMETHEUS_URL", prometheus.toString())
            .withCopyFileToContainer(
                MountableFile.forHostPath(folder.resolve("provisioning")),
                "/etc/grafana/provisioning")
            .waitingFor(Wait.forLogMessage(".*HTTP Server Listen.*", 1))
            .withStartupTimeout(Duration.ofMinutes(2));
    for (Dashboard dashboard : dashboards) {
      // One by one: Grafana would take what lies in folders below for dashboards too.
      container.withCopyFileToContainer(
          MountableFile.forHostPath(folder.resolve(dashboard.file())),
          "/var/lib/grafana/dashboards/" + dashboard.file());
    }
    container.start();
    return new GrafanaInDocker(container, URI.create("http://127.0.0.1:" + port));
  }

  /** The uids of the dashboards it has. */
  List<String> dashboards() throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(address.resolve("/api/search?type=dash-db")).build())
        .findValuesAsText("uid");
  }

  /** What it says is wrong when it asks its data source. */
  List<String> errors(Question question) throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    body.put("from", String.valueOf(question.range().from().toEpochMilli()));
    body.put("to", String.valueOf(question.range().to().toEpochMilli()));
    ObjectNode query = body.putArray("queries").addObject();
    query.put("refId", "A").put("expr", question.promql()).put("maxDataPoints", 1000);
    query.put("instant", question.step().isZero()).put("range", !question.step().isZero());
    query.put("intervalMs", Math.max(1000, question.step().toMillis()));
    query.putObject("datasource").put("type", "prometheus").put("uid", "prometheus");
    JsonNode answer =
        ask(
            HttpRequest.newBuilder(address.resolve("/api/ds/query"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    List<String> errors = new ArrayList<>(answer.findValuesAsText("error"));
    errors.replaceAll(error -> question.place() + ": " + error);
    if (!answer.at("/results/A").isObject()) {
      errors.add(question.place() + ": " + answer);
    }
    return errors;
  }

  private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    container.close();
  }
}
