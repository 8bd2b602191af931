package io.namespend.exporter.price;

import io.namespend.exporter.cluster.volume.Volume;
import java.util.Locale;

/**
 * What a GiB of a cloud's file systems costs for a month, for want of a price list: USD, in each
 * provider's cheapest regions, from their public price pages.
 */
final class FileSystemRates {
  private static final double ELASTIC = 0.30;

  private FileSystemRates() {}

  static double perGibMonth(Volume volume) {
    return switch (volume.driver()) {
      case "fsx.csi.aws.com" -> lustre(volume);
      case "fsx.openzfs.csi.aws.com" -> 0.09;
      case "file.csi.azure.com", "kubernetes.io/azure-file" ->
          parameter(volume, "skuname", parameter(volume, "storageaccounttype", ""))
                  .startsWith("premium")
              ? 0.16
              : 0.06;
      case "filestore.csi.storage.gke.io" ->
          switch (parameter(volume, "tier", "")) {
            case "enterprise", "regional" -> 0.60;
            default -> ELASTIC;
          };
      default -> ELASTIC;
    };
  }

  /** Whether it is billed by what is stored in it, whatever size the volume declares. */
  static boolean isBilledByUse(Volume volume) {
    return switch (volume.driver()) {
      case "efs.csi.aws.com" -> true;
      case "file.csi.azure.com", "kubernetes.io/azure-file" ->
          !parameter(volume, "skuname", parameter(volume, "storageaccounttype", ""))
              .startsWith("premium");
      default -> false;
    };
  }

  /** Disks by the throughput that comes with a TiB. */
  private static double lustre(Volume volume) {
    String throughput = parameter(volume, "perunitstoragethroughput", "");
    if (parameter(volume, "storagetype", "").equals("hdd")) {
      return throughput.equals("40") ? 0.083 : 0.025;
    }
    return switch (parameter(volume, "deploymenttype", "")) {
      case "persistent_1" ->
          switch (throughput) {
            case "100" -> 0.19;
            case "200" -> 0.29;
            default -> 0.14;
          };
      case "persistent_2" ->
          switch (throughput) {
            case "250" -> 0.21;
            case "500" -> 0.34;
            case "1000" -> 0.60;
            default -> 0.145;
          };
      default -> 0.14;
    };
  }

  private static String parameter(Volume volume, String name, String fallback) {
    return volume.parameters().getOrDefault(name, fallback).toLowerCase(Locale.ROOT);
  }
}
