package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeTerms.OperatingSystem;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.list.RegionalPrices.Found;
import java.util.Locale;
import java.util.Map;

/**
 * What the operating system adds to the price of a Linux machine where the price of both is not
 * listed: the differences of the public price lists. They are the same in every region, and spot
 * capacity pays them in full.
 */
final class SoftwareEstimate {
  /** USD per vCPU-hour, of nearly all types of all three providers. */
  private static final double WINDOWS = 0.046;

  /** Azure's burstable sizes. */
  private static final double WINDOWS_AZURE_BURSTABLE = 0.004;

  /** AWS's burstable types, USD per hour by size; t3 and t3a are alike. */
  private static final Map<String, Double> WINDOWS_T3 =
      Map.of(
          "nano", 0.0046,
          "micro", 0.0092,
          "small", 0.0184,
          "medium", 0.0184,
          "large", 0.0276,
          "xlarge", 0.0736,
          "2xlarge", 0.1472);

  private static final Map<String, Double> WINDOWS_T2 =
      Map.of(
          "nano", 0.0023,
          "micro", 0.0046,
          "small", 0.009,
          "medium", 0.018,
          "large", 0.028,
          "xlarge", 0.041,
          "2xlarge", 0.062);

  private static final double UBUNTU_PRO = 0.00175;

  private SoftwareEstimate() {}

  /** The price of the machine with its software. */
  static Found added(Found machine, Node node) {
    return node.terms().operatingSystem() == OperatingSystem.LINUX
        ? machine
        : machine.plus(hourly(node)).doubted(EstimateReason.OPERATING_SYSTEM);
  }

  static double hourly(Node node) {
    double cores = node.capacity().cpuCores();
    return switch (node.terms().operatingSystem()) {
      case LINUX -> 0;
      case WINDOWS -> windows(node, cores);
      case RHEL -> cores * redHat(cores);
      case SUSE -> cores > 2 ? 0.125 : 0.056;
      case UBUNTU_PRO -> cores * UBUNTU_PRO;
    };
  }

  private static double windows(Node node, double cores) {
    String type = node.instanceType().toLowerCase(Locale.ROOT);
    String size = type.substring(type.indexOf('.') + 1);
    if (node.provider() == Provider.AZURE) {
      return cores * (type.startsWith("standard_b") ? WINDOWS_AZURE_BURSTABLE : WINDOWS);
    }
    Map<String, Double> burstable =
        type.startsWith("t2.")
            ? WINDOWS_T2
            : type.startsWith("t3.") || type.startsWith("t3a.") ? WINDOWS_T3 : Map.of();
    return burstable.getOrDefault(size, cores * WINDOWS);
  }

  /** Red Hat's price per vCPU-hour since 2024, the same at all three providers. */
  private static double redHat(double cores) {
    return cores <= 8 ? 0.0144 : cores < 128 ? 0.0108 : 0.0096;
  }
}
