package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.volume.Volume;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An Azure managed disk, which is billed as the next larger of fixed sizes.
 *
 * @param item such as {@code disk/P10 LRS}, priced by the month
 * @param billedGib what the price of the item is spread over: the volume's own GiB, so that the
 *     volume costs what the disk costs
 */
record AzureDisk(String item, double billedGib) {
  private static final Set<String> DRIVERS =
      Set.of("disk.csi.azure.com", "kubernetes.io/azure-disk");

  /** GiB and number of each size; the letter before the number is the kind of disk. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {4, 1},
          new int[] {8, 2},
          new int[] {16, 3},
          new int[] {32, 4},
          new int[] {64, 6},
          new int[] {128, 10},
          new int[] {256, 15},
          new int[] {512, 20},
          new int[] {1024, 30},
          new int[] {2048, 40},
          new int[] {4096, 50},
          new int[] {8192, 60},
          new int[] {16384, 70},
          new int[] {32767, 80});

  /** Empty for what is no disk of a fixed size, such as Premium SSD v2. */
  static Optional<AzureDisk> of(Volume volume) {
    if (!DRIVERS.contains(volume.driver()) || !(volume.gib() > 0)) {
      return Optional.empty();
    }
    String sku =
        volume
            .parameters()
            .getOrDefault(
                "skuname",
                volume.parameters().getOrDefault("storageaccounttype", "StandardSSD_LRS"))
            .toLowerCase(Locale.ROOT);
    String redundancy = sku.endsWith("_zrs") ? "ZRS" : "LRS";
    String letter =
        switch (sku) {
          case "premium_lrs", "premium_zrs" -> "P";
          case "standardssd_lrs", "standardssd_zrs" -> "E";
          case "standard_lrs" -> "S";
          default -> "";
        };
    // Standard HDD begins at 32 GiB.
    double least = letter.equals("S") ? Math.max(32, volume.gib()) : volume.gib();
    return letter.isEmpty()
        ? Optional.empty()
        : SIZES.stream()
            .filter(size -> size[0] >= least)
            .findFirst()
            .map(
                size ->
                    new AzureDisk(
                        "disk/%s%d %s".formatted(letter, size[1], redundancy), volume.gib()));
  }
}
