package io.namespend.exporter.cli;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, with a provider that takes its time. */
class ReadyMeansPricedTest {
  private static final String PRICES =
      """
      {"Items": [{"currencyCode": "USD", "retailPrice": 0.777, "armRegionName": "westeurope",
        "skuName": "D4s v5", "productName": "Virtual Machines Dsv5 Series", "type": "Consumption",
        "unitOfMeasure": "1 Hour", "armSkuName": "Standard_D4s_v5"}], "NextPageLink": null}
      """;
  private static final String CLUSTER =
      """
      {"kind": "List", "items": [{"kind": "Node",
        "metadata": {"name": "n1", "labels": {"node.kubernetes.io/instance-type": "Standard_D4s_v5",
          "topology.kubernetes.io/region": "westeurope"}},
        "spec": {"providerID": "azure:///subscriptions/x/virtualMachines/n1"},
        "status": {"capacity": {"cpu": "4", "memory": "16Gi"}}}]}
      """;

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch answering = new CountDownLatch(1);

  @Test
  void theFirstScrapeHasThePricesOfTheProvider() throws Exception {
    HttpServer provider =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/", this::answer);
    provider.start();
    Process exporter = start(provider.getAddress());
    try (BufferedReader log = exporter.errorReader(StandardCharsets.UTF_8)) {
      String serving = log.lines().filter(line -> line.contains("serving on")).findFirst().get();
      URI root = URI.create(serving.replaceFirst(".*(http://\\S+/)", "$1"));

      eventually(
          () ->
              assertThat(get(root.resolve("-/ready")))
                  .isEqualTo("not ready, waiting for the first prices of: azure\n"));
      assertThat(get(root.resolve("metrics"))).doesNotContain("node_total_hourly_cost");

      answering.countDown();
      eventually(() -> assertThat(get(root.resolve("-/ready"))).isEqualTo("ready\n"));
      assertThat(get(root.resolve("metrics")))
          .containsPattern("node_total_hourly_cost\\{[^}]*} 0\\.77(7|69)")
          .contains("price_source=\"azure\"");
    } finally {
      answering.countDown();
      exporter.destroy();
      exporter.waitFor();
      provider.stop(0);
    }
  }

  private Process start(InetSocketAddress provider) throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "prices: {sources: [azure, builtin], azure: {endpoint: 'http://%s:%d'}}"
                .formatted(provider.getAddress().getHostAddress(), provider.getPort()));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Exporter.class.getName(),
            "--listen-address=127.0.0.1",
            "--port=0",
            "--cluster-snapshot=" + Files.writeString(folder.resolve("cluster.json"), CLUSTER),
            "--policy=" + policy)
        .start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      answering.await();
      byte[] body = PRICES.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String get(URI address) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }
}
