package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.node.NodeTerms;
import io.namespend.exporter.cluster.node.NodeTerms.OperatingSystem;
import io.namespend.exporter.cluster.node.NodeTerms.Tenancy;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The forms in which AWS lists an instance type, each with its own price.
 *
 * @param operatingSystem as the price list names it
 * @param tenancy as the price list names it
 */
public record AwsVariant(String operatingSystem, String tenancy) {
  private static final String LINUX = "Linux";
  private static final String SHARED = "Shared";
  private static final String DEDICATED = "Dedicated";

  /** What the price of a node is listed as; a host is billed and not what runs on it. */
  public static AwsVariant of(NodeTerms terms) {
    return new AwsVariant(
        name(terms.operatingSystem()), terms.tenancy() == Tenancy.DEDICATED ? DEDICATED : SHARED);
  }

  /**
   * @param item an instance type with the {@link #suffix} of its variant
   */
  public static AwsVariant ofItem(String item) {
    int slash = item.indexOf('/');
    String wanted = slash < 0 ? "" : item.substring(slash);
    return Stream.of(OperatingSystem.values())
        .flatMap(
            system ->
                Stream.of(SHARED, DEDICATED).map(tenancy -> new AwsVariant(name(system), tenancy)))
        .filter(variant -> variant.suffix().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(item + " is no form of an instance type"));
  }

  /** After the instance type in the name of an item; nothing for Linux on shared hardware. */
  public String suffix() {
    String system =
        operatingSystem.equals(LINUX)
            ? ""
            : "/" + operatingSystem.toLowerCase(Locale.ROOT).replace(' ', '-');
    return system + (tenancy.equals(DEDICATED) ? "/dedicated" : "");
  }

  private static String name(OperatingSystem system) {
    return switch (system) {
      case LINUX -> LINUX;
      case WINDOWS -> "Windows";
      case RHEL -> "RHEL";
      case SUSE -> "SUSE";
      case UBUNTU_PRO -> "Ubuntu Pro";
    };
  }
}
