package io.namespend.testbed.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeApiServerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ClusterSize SIZE = new ClusterSize(40, 600, 5, 30, 100);
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private final HttpClient http = HttpClient.newHttpClient();
  private LargeApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = LargeApiServer.start(SIZE, 7, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void servesAsManyObjectsOfRealSizeAsAsked() throws Exception {
    assertThat(sizes("/api/v1/nodes"))
        .hasSize(40)
        .allMatch(size -> size >= 10_000 && size <= 15_000);
    assertThat(sizes("/api/v1/pods")).hasSize(600).allMatch(size -> size >= 5_000 && size <= 8_000);
    assertThat(sizes("/api/v1/namespaces")).hasSize(5);
    assertThat(sizes("/api/v1/persistentvolumes")).hasSize(30);
    int workloads = 0;
    for (String kind :
        List.of(
            "apps/v1/deployments",
            "apps/v1/statefulsets",
            "apps/v1/daemonsets",
            "batch/v1/cronjobs")) {
      workloads += sizes("/apis/" + kind).size();
    }
    // A Job of its own in 20 workloads, and three of each CronJob.
    assertThat(sizes("/apis/batch/v1/jobs")).hasSize(100 / 20 + 3 * 100 / 10);
    assertThat(workloads + 100 / 20).isEqualTo(100);
    assertThat(sizes("/apis/apps/v1/replicasets")).hasSize(3 * 70);
  }

  @Test
  void givesMetadataOnlyToThoseWhoAskForThem() throws Exception {
    assertThat(get("/apis/apps/v1/deployments", "application/json").statusCode()).isEqualTo(406);
    assertThat(get("/apis/apps/v1/unknowns", METADATA).statusCode()).isEqualTo(404);
  }

  @Test
  void isTheSameForTheSameSeed() throws Exception {
    try (LargeApiServer other = LargeApiServer.start(SIZE, 7, 0);
        LargeApiServer another = LargeApiServer.start(SIZE, 8, 0)) {
      assertThat(truth(other)).isEqualTo(truth(server)).hasSize(600).isNotEqualTo(truth(another));
    }
  }

  @Test
  void servesWithTls(@TempDir Path folder) throws Exception {
    ServerCertificate certificate = ServerCertificate.make(folder.resolve("tls"));
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    try (InputStream in = Files.newInputStream(certificate.authority())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    try (LargeApiServer https = LargeApiServer.start(SIZE, 7, 0, certificate.context())) {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(tls)
              .build()
              .send(
                  HttpRequest.newBuilder(https.address().resolve("/testbed/pods")).build(),
                  BodyHandlers.ofString());
      assertThat(answer.body())
          .isEqualTo(http.send(request("/testbed/pods", "*/*"), BodyHandlers.ofString()).body());
    }
  }

  /** Who lists, watches from there and takes every change in order has the truth in the end. */
  @Test
  void tellsAllThatHappens() throws Exception {
    server.changePods(60_000);
    Map<String, JsonNode> pods = new HashMap<>();
    String version = "";
    for (JsonNode page : pages("/api/v1/pods")) {
      page.path("items").forEach(pod -> pods.put(key(pod), pod));
      version = page.path("metadata").path("resourceVersion").asText();
    }
    HttpRequest watch =
        request("/api/v1/pods?watch=true&timeoutSeconds=3&resourceVersion=" + version, METADATA);
    Set<String> types = new TreeSet<>();
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                http.send(watch, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
      int seen = 0;
      // The first line is empty, so that the head of the answer arrives.
      events.readLine();
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        if (seen++ == 500) {
          server.changePods(0);
        }
        JsonNode event = JSON.readTree(line);
        types.add(event.path("type").asText());
        JsonNode pod = event.path("object");
        if (event.path("type").asText().equals("DELETED")) {
          assertThat(pods.remove(key(pod))).as(line).isNotNull();
        } else {
          pods.put(key(pod), pod);
        }
      }
    }

    assertThat(types).containsExactly("ADDED", "DELETED", "MODIFIED");
    assertThat(
            pods.values().stream()
                .filter(pod -> !pod.path("spec").path("nodeName").asText().isEmpty())
                .map(pod -> key(pod) + " " + pod.path("spec").path("nodeName").asText())
                .collect(Collectors.toSet()))
        .isEqualTo(
            truth(server).stream()
                .map(pod -> "%s/%s %s".formatted(pod.namespace(), pod.name(), pod.node()))
                .collect(Collectors.toSet()));
  }

  @Test
  void saysThatItForgot() throws Exception {
    assertThat(get("/api/v1/pods?watch=true&timeoutSeconds=1&resourceVersion=0", METADATA).body())
        .contains("\"code\":410");
  }

  private Set<TruePod> truth(LargeApiServer of) throws Exception {
    return http.send(
            HttpRequest.newBuilder(of.address().resolve("/testbed/pods")).build(),
            BodyHandlers.ofLines())
        .body()
        .map(TruePod::of)
        .collect(Collectors.toSet());
  }

  private List<Integer> sizes(String path) throws Exception {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode page : pages(path)) {
      page.path("items").forEach(object -> sizes.add(object.toString().length()));
    }
    return sizes;
  }

  private List<JsonNode> pages(String path) throws Exception {
    List<JsonNode> pages = new ArrayList<>();
    String token = "";
    do {
      String next = token.isEmpty() ? "" : "&continue=" + token;
      JsonNode page = JSON.readTree(get(path + "?limit=250" + next, METADATA).body());
      pages.add(page);
      token = page.path("metadata").path("continue").asText();
    } while (!token.isEmpty());
    return pages;
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return http.send(request(path, accept), BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String accept) {
    return HttpRequest.newBuilder(server.address().resolve(path)).header("Accept", accept).build();
  }

  private static String key(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
  }
}
