package io.namespend.exporter.price.settings;

import io.namespend.exporter.cluster.node.NodeLabels.SpotLabel;
import io.namespend.exporter.price.Discount;
import io.namespend.exporter.price.RateSplit;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The prices section of the policy.
 *
 * @param sources in order of trust, without the fallback
 * @param spotLabels labels of spot nodes beside those that everybody knows
 * @param cache folder for fetched prices; without one a restart fetches again
 */
public record PriceSettings(
    List<SourceName> sources,
    RateSplit split,
    List<Discount> discounts,
    List<SpotLabel> spotLabels,
    Optional<Path> cache,
    Optional<Path> sheet,
    BillSettings bill,
    AwsSettings aws,
    AzureSettings azure,
    GcpSettings gcp) {
  public static final Duration ONLINE_REFRESH = Duration.ofHours(24);
  public static final Duration BILL_REFRESH = Duration.ofMinutes(5);
  public static final Duration SPOT_REFRESH = Duration.ofMinutes(10);

  public PriceSettings {
    sources = List.copyOf(sources);
    discounts = List.copyOf(discounts);
    spotLabels = List.copyOf(spotLabels);
  }

  /** The built-in table and nothing else. */
  public static PriceSettings defaults() {
    return new PriceSettings(
        List.of(SourceName.BUILTIN),
        RateSplit.OPENCOST,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new BillSettings(Optional.empty(), Optional.empty(), BILL_REFRESH),
        new AwsSettings(Optional.empty(), Optional.empty(), ONLINE_REFRESH, SPOT_REFRESH),
        new AzureSettings(Optional.empty(), ONLINE_REFRESH),
        new GcpSettings(Optional.empty(), ONLINE_REFRESH, Optional.empty(), Optional.empty()));
  }

  /** The sources that a policy can name. */
  public enum SourceName {
    BILL,
    AWS,
    AZURE,
    GCP,
    SHEET,
    BUILTIN
  }

  /**
   * Where the bill is: one of both, or none.
   *
   * @param refresh how often the address is asked
   */
  public record BillSettings(Optional<Path> file, Optional<URI> url, Duration refresh) {}

  /**
   * How AWS is asked.
   *
   * @param endpoint instead of the price list's own
   * @param spotEndpoint of EC2, instead of the region's own
   */
  public record AwsSettings(
      Optional<URI> endpoint, Optional<URI> spotEndpoint, Duration refresh, Duration spotRefresh) {}

  /**
   * How Azure is asked.
   *
   * @param endpoint instead of its own
   */
  public record AzureSettings(Optional<URI> endpoint, Duration refresh) {}

  /**
   * How Google is asked.
   *
   * @param endpoint instead of its own
   * @param apiKeyFile holds an API key and nothing else; without one the metadata server of the
   *     node gives tokens
   * @param metadataEndpoint instead of that server's own
   */
  public record GcpSettings(
      Optional<URI> endpoint,
      Duration refresh,
      Optional<Path> apiKeyFile,
      Optional<URI> metadataEndpoint) {}
}
