package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.exporter.price.settings.PriceSettings.OnlineSettings;
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
    PriceSettings defaults = PriceSettings.defaults();
    OnlineSettings online =
        new OnlineSettings(
            Optional.of(standIn),
            Optional.of(standIn),
            PriceSettings.ONLINE_REFRESH,
            PriceSettings.SPOT_REFRESH,
            Optional.empty());
    return new OnlineSources(
        new PriceSettings(
            defaults.sources(),
            defaults.split(),
            defaults.discounts(),
            Optional.of(cache),
            Optional.empty(),
            Optional.empty(),
            online,
            online,
            online),
        "USD",
        cluster,
        clock);
  }
}
