package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.node.Resources;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine type of Google Cloud, read from its name: {@code n2-standard-4}, {@code
 * n2-custom-4-8192}, {@code custom-2-4096}.
 *
 * @param family as prices name it; custom types of a family have prices of their own
 */
record MachineType(String name, String family) {
  private static final Pattern CUSTOM =
      Pattern.compile("(?:([a-z\\d]+)-)?custom-(?:(?:micro|small|medium)-)?(\\d+)-(\\d+).*");

  private static final Pattern PREDEFINED =
      Pattern.compile("[a-z]\\d[a-z]*-(standard|highmem|highcpu)-(\\d+)");

  /** GiB a vCPU that machine types have; the smallest that holds what the node reports. */
  private static final double[] GIB_PER_CORE = {
    0.9, 1, 2, 3, 3.75, 4, 6.5, 7, 7.5, 8, 12, 16, 24, 32
  };

  /** Kernel and firmware keep up to this share of the memory for themselves. */
  private static final double LARGEST_RESERVE = 0.12;

  static MachineType of(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    Matcher custom = CUSTOM.matcher(name);
    if (custom.matches()) {
      String family = custom.group(1) == null ? "n1" : custom.group(1);
      return new MachineType(name, family + "-custom");
    }
    int dash = name.indexOf('-');
    return new MachineType(name, dash < 0 ? name : name.substring(0, dash));
  }

  /** What a type has, by its name; empty if the name does not tell. */
  Optional<Resources> resources() {
    Matcher custom = CUSTOM.matcher(name);
    if (custom.matches()) {
      double cores = Double.parseDouble(custom.group(2));
      return Optional.of(Resources.ofGib(cores, Double.parseDouble(custom.group(3)) / 1024, 0));
    }
    Matcher predefined = PREDEFINED.matcher(name);
    if (!predefined.matches()) {
      return Optional.empty();
    }
    double cores = Double.parseDouble(predefined.group(2));
    boolean first = family.equals("n1");
    double gibPerCore =
        switch (predefined.group(1)) {
          case "standard" -> first ? 3.75 : 4;
          case "highmem" -> first ? 6.5 : 8;
          default -> first ? 0.9 : family.equals("n2") || family.equals("e2") ? 1 : 2;
        };
    return Optional.of(Resources.ofGib(cores, cores * gibPerCore, 0));
  }

  /** The shared-core types of E2 show 2 vCPUs and are billed for a part of them. */
  double billedCores(double reportedCores) {
    return switch (name) {
      case "e2-micro" -> 0.25;
      case "e2-small" -> 0.5;
      case "e2-medium" -> 1;
      default -> reportedCores;
    };
  }

  /** What is billed; the node reports less. */
  double billedGib(double reportedCores, double reportedGib) {
    Matcher custom = CUSTOM.matcher(name);
    if (custom.matches()) {
      return Double.parseDouble(custom.group(3)) / 1024;
    }
    if (family.equals("a2")) {
      // 85 GB a GPU of 40 GB, and 170 GB a larger one; 12 vCPUs with each.
      return reportedCores * (name.startsWith("a2-highgpu") ? 85 : 170) / 12;
    }
    double billed = billedCores(reportedCores);
    for (double perCore : GIB_PER_CORE) {
      double gib = perCore * billed;
      if (gib >= reportedGib && reportedGib >= gib * (1 - LARGEST_RESERVE)) {
        return gib;
      }
    }
    return reportedGib;
  }
}
