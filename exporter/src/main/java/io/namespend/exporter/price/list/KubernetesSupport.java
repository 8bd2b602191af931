package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.KubernetesVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Whether a managed control plane is in extended support, which costs extra. Later versions leave
 * standard support later, so a version that the table lacks is known where its neighbours tell.
 */
final class KubernetesSupport {
  private static final String TABLE = "kubernetes-support.csv";

  /** Nodes may be so many minor versions behind their control plane, which no node tells. */
  private static final int SKEW = 3;

  private final Clock clock;
  private final Map<Distribution, TreeMap<KubernetesVersion, LocalDate>> lastDays =
      new EnumMap<>(Distribution.class);

  KubernetesSupport(Clock clock) {
    this.clock = clock;
    var stream = Objects.requireNonNull(KubernetesSupport.class.getResourceAsStream(TABLE), TABLE);
    try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.startsWith("#")).skip(1).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String row) {
    String[] cells = row.split(",", -1);
    lastDays
        .computeIfAbsent(Distribution.valueOf(cells[0]), distribution -> new TreeMap<>())
        .put(KubernetesVersion.of(cells[1]), LocalDate.parse(cells[2]));
  }

  /** What the nodes' version says of the control plane, which has that version or a newer one. */
  Support of(ClusterPlace place) {
    KubernetesVersion lowest = place.version();
    if (!lowest.isKnown()) {
      return Support.PROBABLY_STANDARD;
    }
    return switch (standard(place.distribution(), lowest)) {
      case LASTS -> Support.STANDARD;
      case UNKNOWN -> Support.PROBABLY_STANDARD;
      case ENDED ->
          standard(place.distribution(), lowest.later(SKEW)) == Standard.ENDED
              ? Support.EXTENDED
              : Support.PROBABLY_EXTENDED;
    };
  }

  private Standard standard(Distribution distribution, KubernetesVersion version) {
    TreeMap<KubernetesVersion, LocalDate> table =
        lastDays.getOrDefault(distribution, new TreeMap<>());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var older = table.floorEntry(version);
    if (older != null && !today.isAfter(older.getValue())) {
      return Standard.LASTS;
    }
    var newer = table.ceilingEntry(version);
    return newer != null && today.isAfter(newer.getValue()) ? Standard.ENDED : Standard.UNKNOWN;
  }

  /** Standard support of one version. */
  private enum Standard {
    LASTS,
    ENDED,
    UNKNOWN
  }

  /** The support of a control plane. */
  enum Support {
    STANDARD(false, true),
    PROBABLY_STANDARD(false, false),
    EXTENDED(true, true),
    /** Unless the control plane was upgraded before its nodes. */
    PROBABLY_EXTENDED(true, false);

    private final boolean extended;
    private final boolean certain;

    Support(boolean extended, boolean certain) {
      this.extended = extended;
      this.certain = certain;
    }

    boolean isExtended() {
      return extended;
    }

    boolean isCertain() {
      return certain;
    }
  }
}
