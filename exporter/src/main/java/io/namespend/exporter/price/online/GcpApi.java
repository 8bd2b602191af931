package io.namespend.exporter.price.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Cloud Billing Catalog API. It cannot be filtered, so all SKUs of Compute Engine are read page
 * by page and what concerns the cluster's regions is kept.
 *
 * @see <a href="https://cloud.google.com/billing/v1/how-tos/catalog-api">its description</a>
 */
final class GcpApi implements PriceApi {
  static final URI ENDPOINT = URI.create("https://cloudbilling.googleapis.com");

  private static final String COMPUTE_ENGINE = "6F81-5844-456A";
  private static final int MOST_PAGES = 1_000;

  private final HttpJson http;
  private final URI endpoint;
  private final GcpCredentials credentials;
  private final String currency;

  GcpApi(HttpJson http, URI endpoint, GcpCredentials credentials, String currency) {
    this.http = http;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.currency = currency;
  }

  @Override
  public Set<String> questions(ClusterSnapshot cluster) {
    String regions =
        cluster.nodes().stream()
            .filter(node -> node.provider() == Provider.GCP && !node.region().isEmpty())
            .map(node -> node.region().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(","));
    return regions.isEmpty() ? Set.of() : Set.of("catalog " + regions);
  }

  @Override
  public Map<String, Double> ask(String question) throws IOException, InterruptedException {
    Set<String> regions = Set.copyOf(Arrays.asList(question.split(" ", -1)[1].split(",", -1)));
    Map<String, Double> prices = new HashMap<>();
    String token = "";
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode document = http.get(page(token), credentials.headers());
      if (!document.path("skus").isArray()) {
        throw new IOException("the answer has no skus");
      }
      document.path("skus").forEach(sku -> keep(sku, regions, prices));
      token = document.path("nextPageToken").asText("");
      if (token.isEmpty()) {
        return prices;
      }
    }
    throw new IOException("the answer has more than %d pages".formatted(MOST_PAGES));
  }

  private URI page(String token) {
    return endpoint.resolve(
        "/v1/services/%s/skus?currencyCode=%s&pageSize=500%s"
            .formatted(
                COMPUTE_ENGINE,
                currency,
                token.isEmpty()
                    ? ""
                    : "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
  }

  private void keep(JsonNode sku, Set<String> regions, Map<String, Double> prices) {
    Optional<GcpSku> item = GcpSku.of(sku);
    if (item.isEmpty() || !item.get().currency().equals(currency)) {
      return;
    }
    for (JsonNode region : sku.path("serviceRegions")) {
      if (region.asText().equals("global") && item.get().item().startsWith("license/")) {
        // Licenses are listed once for all regions, each version by itself; of equal prices.
        regions.forEach(
            each ->
                prices.merge(
                    PriceApi.key(each, item.get().item()), item.get().hourly(), Math::max));
      } else if (regions.contains(region.asText())) {
        prices.put(PriceApi.key(region.asText(), item.get().item()), item.get().hourly());
      }
    }
  }
}
