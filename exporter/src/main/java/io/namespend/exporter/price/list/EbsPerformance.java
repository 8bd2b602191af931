package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.volume.Volume;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The IOPS and throughput that an AWS volume got: what its storage class asks for, within the
 * limits that the driver and AWS set.
 *
 * @param iops 0 where the type has none to pay for, or the default applies
 * @param mibps 0 where the default applies
 * @param isCertain whether a volume with these parameters can have been made so
 * @see <a
 *     href="https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md">the
 *     driver's parameters</a>
 */
record EbsPerformance(double iops, double mibps, boolean isCertain) {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,15}");
  private static final double GP3_DEFAULT_IOPS = 3000;

  /** gp3 has had more since 2025-09; a volume made before got this at most. */
  private static final double GP3_EARLIER_IOPS = 16_000;

  private static final double GP3_EARLIER_MIBPS = 1000;
  private static final double GP3_MIBPS = 2000;
  private static final double GP3_MIBPS_PER_IOPS = 0.25;

  /**
   * What the driver allows for a type.
   *
   * @param least that it makes
   * @param perGib beyond which it makes no more
   */
  private record Limits(double least, double most, double perGib) {
    double cap(double asked, double gib) {
      return Math.max(least, Math.min(asked, Math.min(most, perGib * gib)));
    }

    /** AWS refuses more than the least of a volume that is too small for it; the driver asks. */
    boolean isMade(double asked, double gib) {
      return asked <= least || perGib * gib >= least;
    }
  }

  static EbsPerformance of(String type, Volume volume, boolean inTree) {
    return switch (type) {
      case "io1" -> provisioned(volume, new Limits(100, 64_000, 50), inTree);
      case "io2" -> provisioned(volume, new Limits(100, 256_000, 500), inTree);
      case "gp3" -> gp3(volume);
      default -> new EbsPerformance(0, 0, true);
    };
  }

  private static EbsPerformance provisioned(Volume volume, Limits limits, boolean inTree) {
    Asked asked = Asked.iops(volume);
    double iops = limits.cap(asked.amount, volume.gib());
    // The in-tree plugin raised what was too little; the driver does it only if told to.
    boolean raises =
        inTree
            || volume
                .parameters()
                .getOrDefault("allowautoiopspergbincrease", "")
                .equalsIgnoreCase("true");
    boolean isMade =
        limits.isMade(asked.amount, volume.gib())
            && (asked.amount >= limits.least || (asked.amount > 0 && raises));
    return new EbsPerformance(iops, 0, asked.makesSense && isMade);
  }

  private static EbsPerformance gp3(Volume volume) {
    Asked asked = Asked.iops(volume);
    Limits limits = new Limits(GP3_DEFAULT_IOPS, 80_000, 500);
    double iops = limits.cap(asked.amount, volume.gib());
    Asked throughput = Asked.of(volume, "throughput");
    double most = Math.min(GP3_MIBPS, iops * GP3_MIBPS_PER_IOPS);
    double mibps = Math.min(throughput.amount, most);
    return new EbsPerformance(
        iops,
        mibps,
        asked.makesSense
            && throughput.makesSense
            && limits.isMade(asked.amount, volume.gib())
            && iops <= GP3_EARLIER_IOPS
            // AWS refuses more throughput than the IOPS allow.
            && throughput.amount <= Math.min(most, GP3_EARLIER_MIBPS));
  }

  /**
   * What a storage class asks for.
   *
   * @param amount 0 if it does not
   */
  private record Asked(double amount, boolean makesSense) {
    /** Both may be given; then the absolute number counts. */
    static Asked iops(Volume volume) {
      Asked absolute = of(volume, "iops");
      Asked perGib = of(volume, "iopspergb");
      return new Asked(
          absolute.amount > 0 ? absolute.amount : perGib.amount * volume.gib(),
          absolute.makesSense && perGib.makesSense);
    }

    static Asked of(Volume volume, String parameter) {
      String text = volume.parameters().getOrDefault(parameter, "0");
      OptionalLong number =
          WHOLE_NUMBER.matcher(text).matches()
              ? OptionalLong.of(Long.parseLong(text))
              : OptionalLong.empty();
      // The driver refuses other texts, so the volume was made in another way.
      return new Asked(number.orElse(0), number.isPresent());
    }
  }
}
