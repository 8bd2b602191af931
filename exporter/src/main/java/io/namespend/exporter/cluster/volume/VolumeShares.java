package io.namespend.exporter.cluster.volume;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds out which volumes lie on the same disk or file system, so that it is paid for once: by each
 * in proportion to its size. It is as large as the largest of them says.
 */
public final class VolumeShares {
  private final Map<Backing, Behind> behind = new HashMap<>();

  public VolumeShares(Collection<VolumeFacts> volumes) {
    for (VolumeFacts volume : volumes) {
      if (!volume.backing().isEmpty()) {
        behind.merge(Backing.of(volume), new Behind(volume.gib(), volume.gib()), Behind::plus);
      }
    }
  }

  /** Above 0, at most 1. */
  public double of(VolumeFacts volume) {
    Behind shared = behind.get(Backing.of(volume));
    return shared == null || shared.together <= 0 ? 1 : shared.largest / shared.together;
  }

  private record Backing(String driver, String key) {
    static Backing of(VolumeFacts volume) {
      return new Backing(
          switch (volume.driver()) {
            case "kubernetes.io/aws-ebs", "ebs.csi.eks.amazonaws.com" -> "ebs.csi.aws.com";
            case "kubernetes.io/azure-disk" -> "disk.csi.azure.com";
            default -> volume.driver();
          },
          volume.backing());
    }
  }

  private record Behind(double largest, double together) {
    Behind plus(Behind other) {
      return new Behind(Math.max(largest, other.largest), together + other.together);
    }
  }
}
