package io.namespend.exporter.price.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.price.list.AzureListPrices;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The Azure Retail Prices API, which needs no credentials.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/rest/api/cost-management/retail-prices/azure-retail-prices">its
 *     description</a>
 */
final class AzureApi implements PriceApi {
  static final URI ENDPOINT = URI.create("https://prices.azure.com");

  private static final Set<String> DISK_DRIVERS =
      Set.of("disk.csi.azure.com", "kubernetes.io/azure-disk");

  /** Meters such as {@code P10 LRS Disk}; others are for snapshots, mounts and reservations. */
  private static final Pattern DISK_METER = Pattern.compile("([PES]\\d+ (?:LRS|ZRS))(?: Disk)?");

  /** Names go into a filter text, so nothing else may be in them. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** An answer for one size has a dozen items; more pages than this is a loop. */
  private static final int MOST_PAGES = 100;

  private final HttpJson http;
  private final URI endpoint;
  private final String currency;

  AzureApi(HttpJson http, URI endpoint, String currency) {
    this.http = http;
    this.endpoint = endpoint;
    this.currency = currency;
  }

  @Override
  public Set<String> questions(ClusterSnapshot cluster) {
    Set<String> questions = new TreeSet<>();
    for (Node node : cluster.nodes()) {
      if (node.provider() == Provider.AZURE
          && NAME.matcher(node.region()).matches()
          && NAME.matcher(node.instanceType()).matches()) {
        questions.add(
            "vm %s %s"
                .formatted(
                    node.region().toLowerCase(Locale.ROOT), AzureSize.name(node.instanceType())));
      }
    }
    String home = cluster.place().region();
    cluster.volumes().stream()
        .filter(volume -> DISK_DRIVERS.contains(volume.driver()))
        .map(volume -> volume.region().isEmpty() ? home : volume.region())
        .filter(region -> NAME.matcher(region).matches())
        .forEach(region -> questions.add("disk " + region));
    return questions;
  }

  @Override
  public Map<String, Double> ask(String question) throws IOException, InterruptedException {
    String[] words = question.split(" ", -1);
    boolean disks = words[0].equals("disk");
    String region = words[1];
    String filter =
        disks
            ? "serviceName eq 'Storage' and armRegionName eq '%s' and priceType eq 'Consumption'"
                    .formatted(region)
                + " and contains(productName, 'Managed Disks')"
            : "serviceName eq 'Virtual Machines' and armRegionName eq '%s' and armSkuName eq '%s'"
                    .formatted(region, words[2])
                + " and priceType eq 'Consumption'";
    Map<String, Double> prices = new HashMap<>();
    URI page =
        endpoint.resolve(
            "/api/retail/prices?api-version=2023-01-01-preview&currencyCode='%s'&$filter=%s"
                .formatted(currency, URLEncoder.encode(filter, StandardCharsets.UTF_8)));
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode document = http.get(page, Map.of());
      JsonNode items = document.has("Items") ? document.path("Items") : document.path("items");
      if (!items.isArray()) {
        throw new IOException("the answer has no Items");
      }
      items.forEach(
          item ->
              (disks ? disk(item) : machine(item, words[2]))
                  .ifPresent(
                      found ->
                          prices.put(
                              PriceApi.key(region, found), item.path("retailPrice").asDouble())));
      String next = document.path("NextPageLink").asText("");
      if (next.isEmpty() || next.equals("null")) {
        return prices;
      }
      page = sameHost(next);
    }
    throw new IOException("the answer has more than %d pages".formatted(MOST_PAGES));
  }

  private Optional<String> machine(JsonNode item, String size) {
    String product = item.path("productName").asText();
    String sku = item.path("skuName").asText();
    boolean wanted =
        priced(item, "1 Hour")
            && item.path("armSkuName").asText().equalsIgnoreCase(size)
            && !product.contains("Cloud Services");
    if (!wanted) {
      return Optional.empty();
    }
    String machine = product.contains("Windows") ? size + AzureListPrices.WINDOWS : size;
    return Optional.of(
        sku.endsWith(" Spot")
            ? machine + AzureListPrices.SPOT
            : sku.endsWith(" Low Priority") ? machine + AzureListPrices.LOW_PRIORITY : machine);
  }

  private Optional<String> disk(JsonNode item) {
    var meter = DISK_METER.matcher(item.path("meterName").asText());
    return priced(item, "1/Month") && meter.matches()
        ? Optional.of("disk/" + meter.group(1))
        : Optional.empty();
  }

  private boolean priced(JsonNode item, String unit) {
    return item.path("type").asText().equals("Consumption")
        && item.path("unitOfMeasure").asText().equals(unit)
        && item.path("currencyCode").asText().equals(currency)
        && item.path("retailPrice").asDouble() > 0;
  }

  /** A link that leads elsewhere is not followed. */
  private URI sameHost(String link) throws IOException {
    URI uri = URI.create(link);
    // The service writes its port into the link.
    boolean same = uri.getHost() != null && uri.getHost().equals(endpoint.getHost());
    if (!same || !endpoint.getScheme().equals(uri.getScheme())) {
      throw new IOException("NextPageLink leads to another host: " + uri.getHost());
    }
    return uri;
  }
}
