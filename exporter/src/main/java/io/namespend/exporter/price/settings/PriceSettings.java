package io.namespend.exporter.price.settings;

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
 * @param cache folder for fetched prices; without one a restart fetches again
 */
public record PriceSettings(
    List<SourceName> sources,
    RateSplit split,
    List<Discount> discounts,
    Optional<Path> cache,
    Optional<Path> sheet,
    Optional<Path> bill,
    OnlineSettings aws,
    OnlineSettings azure,
    OnlineSettings gcp) {
  public static final Duration ONLINE_REFRESH = Duration.ofHours(24);
  public static final Duration SPOT_REFRESH = Duration.ofMinutes(10);

  public PriceSettings {
    sources = List.copyOf(sources);
    discounts = List.copyOf(discounts);
  }

  /** The built-in table and nothing else. */
  public static PriceSettings defaults() {
    OnlineSettings online =
        new OnlineSettings(
            Optional.empty(), Optional.empty(), ONLINE_REFRESH, SPOT_REFRESH, Optional.empty());
    return new PriceSettings(
        List.of(SourceName.BUILTIN),
        RateSplit.OPENCOST,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        online,
        online,
        online);
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
   * A source that asks a provider.
   *
   * @param endpoint instead of the provider's own
   * @param spotEndpoint of AWS EC2, instead of the region's own
   * @param apiKeyFile holds Google's API key and nothing else
   */
  public record OnlineSettings(
      Optional<URI> endpoint,
      Optional<URI> spotEndpoint,
      Duration refresh,
      Duration spotRefresh,
      Optional<Path> apiKeyFile) {}
}
