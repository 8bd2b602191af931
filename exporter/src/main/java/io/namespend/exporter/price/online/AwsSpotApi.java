package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeTerms;
import io.namespend.exporter.cluster.node.NodeTerms.Management;
import io.namespend.exporter.cluster.node.NodeTerms.OperatingSystem;
import io.namespend.exporter.cluster.node.NodeTerms.Tenancy;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.price.list.AwsListPrices;
import io.namespend.exporter.price.list.AwsVariant;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Current spot prices by EC2's DescribeSpotPriceHistory. The SDK's credentials, signer and HTTP
 * client without its EC2 module, whose jar is several times this program
 * (docs/decisions/prices.md).
 */
final class AwsSpotApi implements PriceApi {
  private static final String API_VERSION = "2016-11-15";
  private static final int MOST_PAGES = 100;

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Optional<URI> endpoint;
  private final Clock clock;

  /**
   * @param endpoint instead of the region's own
   */
  AwsSpotApi(
      SdkHttpClient http, AwsCredentialsProvider credentials, Optional<URI> endpoint, Clock clock) {
    this.http = http;
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** One question a region and product, with all its types. */
  @Override
  public Set<String> questions(ClusterSnapshot cluster) {
    Map<String, Set<String>> typesOfRegion = new TreeMap<>();
    for (Node node : cluster.nodes()) {
      if (node.provider() == Provider.AWS
          && node.capacityType() == CapacityType.SPOT
          && !node.region().isEmpty()
          && !node.instanceType().isEmpty()) {
        typesOfRegion
            .computeIfAbsent(
                lower(node.region()) + " " + product(node.terms().operatingSystem()),
                region -> new TreeSet<>())
            .add(lower(node.instanceType()));
      }
    }
    Set<String> questions = new TreeSet<>();
    typesOfRegion.forEach(
        (regionAndProduct, types) -> {
          String[] words = regionAndProduct.split(" ", 2);
          questions.add(
              "spot %s %s %s".formatted(words[0], String.join(",", types), words[1]).strip());
        });
    return questions;
  }

  @Override
  public Map<String, Double> ask(String question) throws IOException {
    String[] words = question.split(" ", -1);
    String region = words[1];
    String product = words.length > 3 ? words[3] : "";
    Map<String, Double> prices = new HashMap<>();
    String token = "";
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      SpotPricePage page =
          SpotPricePage.read(call(region, product, words[2].split(",", -1), token));
      // Newest first, so what is already known is newer.
      page.prices()
          .forEach(
              price ->
                  prices.putIfAbsent(
                      PriceApi.key(
                          price.zone(), AwsListPrices.SPOT + price.instanceType() + product),
                      price.hourly()));
      token = page.nextToken();
      if (token.isEmpty()) {
        return prices;
      }
    }
    throw new IOException("the answer has more than %d pages".formatted(MOST_PAGES));
  }

  /** After the type in an item, as in the price list; nothing for what is billed as Linux. */
  private static String product(OperatingSystem system) {
    return switch (system) {
      case LINUX, UBUNTU_PRO -> "";
      case WINDOWS, RHEL, SUSE ->
          AwsVariant.of(new NodeTerms(system, Tenancy.SHARED, Management.NONE)).suffix();
    };
  }

  /** As EC2 names the product. */
  private static String description(String product) {
    return switch (product) {
      case "/windows" -> "Windows";
      case "/rhel" -> "Red Hat Enterprise Linux";
      case "/suse" -> "SUSE Linux";
      default -> "Linux/UNIX";
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private HttpExecuteResponse call(String region, String product, String[] types, String token)
      throws IOException {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(endpoint.orElseGet(() -> ownEndpoint(region)))
            .encodedPath("/")
            .putRawQueryParameter("Action", "DescribeSpotPriceHistory")
            .putRawQueryParameter("Version", API_VERSION)
            .putRawQueryParameter("ProductDescription.1", description(product))
            // From now on: the price in force and no history.
            .putRawQueryParameter(
                "StartTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    for (int i = 0; i < types.length; i++) {
      request.putRawQueryParameter("InstanceType." + (i + 1), types[i]);
    }
    if (!token.isEmpty()) {
      request.putRawQueryParameter("NextToken", token);
    }
    try {
      SignedRequest signed =
          AwsV4HttpSigner.create()
              .sign(
                  r ->
                      r.identity(credentials.resolveCredentials())
                          .request(request.build())
                          .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ec2")
                          .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                          .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock));
      return http.prepareRequest(
              HttpExecuteRequest.builder()
                  .request(signed.request())
                  .contentStreamProvider(signed.payload().orElse(noBody()))
                  .build())
          .call();
    } catch (SdkException e) {
      throw AwsProblem.of(e);
    }
  }

  private static ContentStreamProvider noBody() {
    return ContentStreamProvider.fromByteArray(new byte[0]);
  }

  private static URI ownEndpoint(String region) {
    return URI.create(
        "https://ec2.%s.amazonaws.com%s".formatted(region, region.startsWith("cn-") ? ".cn" : ""));
  }
}
