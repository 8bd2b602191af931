package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.price.settings.PriceSettings.AwsSettings;
import io.namespend.exporter.price.settings.PriceSettings.AzureSettings;
import io.namespend.exporter.price.settings.PriceSettings.GcpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Online sources that ask a stand-in. */
final class Settings {
  private Settings() {}

  static OnlineSources sources(
      URI standIn, Path cache, Supplier<ClusterSnapshot> cluster, Clock clock) {
    return sources(standIn, cache, Optional.empty(), cluster, clock);
  }

  /** Of a policy in that currency. */
  static OnlineSources in(
      String currency, URI standIn, Path cache, Supplier<ClusterSnapshot> cluster, Clock clock) {
    return sources(currency, standIn, cache, Optional.empty(), cluster, clock);
  }

  /**
   * @param apiKeyFile of Google; without it the stand-in is its metadata server too
   */
  static OnlineSources sources(
      URI standIn,
      Path cache,
      Optional<Path> apiKeyFile,
      Supplier<ClusterSnapshot> cluster,
      Clock clock) {
    return sources("USD", standIn, cache, apiKeyFile, cluster, clock);
  }

  private static OnlineSources sources(
      String currency,
      URI standIn,
      Path cache,
      Optional<Path> apiKeyFile,
      Supplier<ClusterSnapshot> cluster,
      Clock clock) {
    PriceSettings defaults = PriceSettings.defaults();
    return new OnlineSources(
        new PriceSettings(
            defaults.sources(),
            defaults.split(),
            defaults.discounts(),
            defaults.spotLabels(),
            Optional.of(cache),
            Optional.empty(),
            defaults.bill(),
            new AwsSettings(
                Optional.of(standIn),
                Optional.of(standIn),
                PriceSettings.ONLINE_REFRESH,
                PriceSettings.SPOT_REFRESH),
            new AzureSettings(Optional.of(standIn), PriceSettings.ONLINE_REFRESH),
            new GcpSettings(
                Optional.of(standIn),
                PriceSettings.ONLINE_REFRESH,
                apiKeyFile,
                Optional.of(standIn))),
        currency,
        cluster,
        clock);
  }
}
