package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.price.currency.SourceCurrency;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.price.settings.PriceSettings.AwsSettings;
import io.namespend.exporter.price.settings.PriceSettings.GcpSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.pricing.PricingClient;

/** Makes the online sources of a policy. */
public final class OnlineSources {
  /** Stored answers of AWS are in the currency of their region, whatever the policy's is. */
  private static final String OWN = SourceCurrency.DOLLAR;

  private final PriceSettings settings;
  private final String currency;
  private final Supplier<ClusterSnapshot> cluster;
  private final Clock clock;

  /**
   * @param currency to ask for where a provider lists prices in several
   * @param cluster what to ask for
   */
  public OnlineSources(
      PriceSettings settings, String currency, Supplier<ClusterSnapshot> cluster, Clock clock) {
    this.settings = settings;
    this.currency = currency;
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Prices of AWS's list. Nothing is called before the first refresh. */
  public OnlinePrices aws(
      SdkHttpClient http, AwsCredentialsProvider credentials, RetryStrategy retries) {
    Map<String, PricingClient> clients = new ConcurrentHashMap<>();
    AwsPriceListApi api =
        new AwsPriceListApi(
            region ->
                clients.computeIfAbsent(
                    // China's prices are served in China; every other region's here.
                    region.startsWith("cn-") ? "cn-northwest-1" : "us-east-1",
                    home -> pricingClient(home, http, credentials, retries)));
    return prices("aws", api, settings.aws().refresh(), OWN);
  }

  private PricingClient pricingClient(
      String home, SdkHttpClient http, AwsCredentialsProvider credentials, RetryStrategy retries) {
    var builder =
        PricingClient.builder()
            .region(Region.of(home))
            .httpClient(http)
            .credentialsProvider(credentials)
            .overrideConfiguration(
                c -> c.retryStrategy(retries).apiCallTimeout(Duration.ofMinutes(2)));
    settings.aws().endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /** Current spot prices of AWS. */
  public OnlinePrices awsSpot(SdkHttpClient http, AwsCredentialsProvider credentials) {
    AwsSettings aws = settings.aws();
    return prices(
        "aws-spot",
        new AwsSpotApi(http, credentials, aws.spotEndpoint(), clock),
        aws.spotRefresh(),
        OWN);
  }

  public OnlinePrices azure(HttpClient http) {
    URI endpoint = settings.azure().endpoint().orElse(AzureApi.ENDPOINT);
    String asked = SourceCurrency.ofAzure(currency);
    return prices(
        "azure",
        new AzureApi(new HttpJson(http), endpoint, asked),
        settings.azure().refresh(),
        asked);
  }

  /** Prices of Google Cloud, by an API key where the settings have one. */
  public OnlinePrices gcp(HttpClient client) {
    GcpSettings gcp = settings.gcp();
    HttpJson http = new HttpJson(client);
    URI metadata = gcp.metadataEndpoint().orElse(GcpMetadataToken.ENDPOINT);
    GcpCredentials credentials =
        gcp.apiKeyFile()
            .<GcpCredentials>map(GcpApiKey::new)
            .orElseGet(() -> new GcpMetadataToken(http, metadata, clock));
    return prices(
        "gcp",
        new GcpApi(http, gcp.endpoint().orElse(GcpApi.ENDPOINT), credentials, currency),
        gcp.refresh(),
        currency);
  }

  private OnlinePrices prices(String name, PriceApi api, Duration interval, String of) {
    Optional<Path> file = settings.cache().map(folder -> folder.resolve(name + ".json"));
    return new OnlinePrices(name, api, new AnswerStore(file, of), interval, cluster);
  }
}
