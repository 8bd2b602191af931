package io.namespend.exporter.cluster.volume;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A persistent volume, with what its price depends on. An unknown fact is an empty string.
 *
 * @param providerId what the provider calls it, such as {@code vol-0abc}
 * @param driver CSI driver or in-tree plugin, such as {@code ebs.csi.aws.com}
 * @param parameters of its storage class, keys in lower case
 * @param isDescribed whether what says its parameters was read; without it they are unknown
 * @param share part of what lies behind it that it pays for, in its own size: less than 1 where
 *     several volumes lie on one disk or file system
 * @param claim the claim that holds it now
 */
public record Volume(
    String name,
    String providerId,
    String driver,
    String storageClass,
    double gib,
    String region,
    Map<String, String> parameters,
    boolean isDescribed,
    double share,
    Optional<Claim> claim) {
  public Volume {
    requireNonNull(name, "name");
    requireNonNull(providerId, "providerId");
    requireNonNull(driver, "driver");
    requireNonNull(storageClass, "storageClass");
    requireNonNull(region, "region");
    parameters = Map.copyOf(parameters);
    requireNonNull(claim, "claim");
    if (!(gib >= 0) || Double.isInfinite(gib)) {
      throw new IllegalArgumentException(
          "volume %s has %s GiB; it must be a finite number, not below 0".formatted(name, gib));
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "volume %s has the share %s; it must be in (0, 1]".formatted(name, share));
    }
  }

  /** One of a known storage class, with a disk of its own. */
  public Volume(
      String name,
      String providerId,
      String driver,
      String storageClass,
      double gib,
      String region,
      Map<String, String> parameters,
      Optional<Claim> claim) {
    this(name, providerId, driver, storageClass, gib, region, parameters, true, 1, claim);
  }

  /** The namespace and name of a claim. */
  public record Claim(String namespace, String name) {
    public Claim {
      requireNonNull(namespace, "namespace");
      requireNonNull(name, "name");
    }
  }
}
