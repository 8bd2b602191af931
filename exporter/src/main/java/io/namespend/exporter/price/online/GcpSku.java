package io.namespend.exporter.price.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.price.list.GcpListPrices;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SKU of Compute Engine that prices a node or a disk. Google tells what it is only in the
 * description.
 *
 * @param item as {@link GcpListPrices} looks it up
 * @param hourly per vCPU, GiB, GPU or GiB of disk
 */
record GcpSku(String item, double hourly, String currency) {
  private static final Pattern CORE_OR_RAM =
      Pattern.compile("(?:Spot Preemptible )?(.+?)(?: Instance)? (Core|Ram) running in .+");
  private static final Pattern GPU =
      Pattern.compile("Nvidia (.+?) GPU (?:attached to Spot Preemptible VMs )?running in .+");

  /** Per vCPU; editions of SQL Server and licenses that customers bring have other words. */
  private static final Pattern WINDOWS =
      Pattern.compile(
          "Licensing Fee for Windows Server \\d{4}(?: Datacenter)?(?: Core)?(?: Edition)?"
              + "(?: on VM| \\(CPU cost\\))");

  private static final Pattern FAMILY = Pattern.compile("[A-Z]\\d+[A-Z]?");

  /** Words between a family and "Instance" that do not make it another product. */
  private static final Set<String> QUALIFIERS =
      Set.of("AMD", "Arm", "Predefined", "Custom", "Memory-optimized");

  private static final Map<String, String> OLD_NAMES =
      Map.of("Compute optimized", "c2", "Memory-optimized", "m1", "Custom", "n1-custom");

  private static final Map<String, String> DISKS =
      Map.of(
          "Storage PD Capacity", "pd-standard",
          "SSD backed PD Capacity", "pd-ssd",
          "Balanced PD Capacity", "pd-balanced",
          "Extreme PD Capacity", "pd-extreme");

  /** Empty for what no node or disk is made of, and for commitments. */
  static Optional<GcpSku> of(JsonNode sku) {
    String description = sku.path("description").asText();
    String usage = sku.path("category").path("usageType").asText();
    if (!usage.equals("OnDemand") && !usage.equals("Preemptible")) {
      return Optional.empty();
    }
    String suffix = usage.equals("Preemptible") ? GcpListPrices.SPOT : "";
    return item(description)
        .flatMap(item -> priced(item + (item.startsWith("disk/") ? "" : suffix), sku));
  }

  private static Optional<String> item(String description) {
    Matcher coreOrRam = CORE_OR_RAM.matcher(description);
    if (coreOrRam.matches()) {
      String kind = coreOrRam.group(2).equals("Core") ? "cpu/" : "ram/";
      return family(coreOrRam.group(1)).map(family -> kind + family);
    }
    Matcher gpu = GPU.matcher(description);
    if (gpu.matches()) {
      String name = gpu.group(1).toLowerCase(Locale.ROOT).replace(' ', '-');
      // The node label of this one drops the word that all other Teslas keep.
      return Optional.of("gpu/nvidia-" + (name.equals("tesla-a100-80gb") ? "a100-80gb" : name));
    }
    if (WINDOWS.matcher(description).matches()) {
      return Optional.of(GcpListPrices.WINDOWS_LICENSE);
    }
    return DISKS.entrySet().stream()
        .filter(
            disk ->
                description.equals(disk.getKey()) || description.startsWith(disk.getKey() + " in "))
        .map(disk -> "disk/" + disk.getValue())
        .findFirst();
  }

  private static Optional<String> family(String words) {
    if (OLD_NAMES.containsKey(words)) {
      return Optional.of(OLD_NAMES.get(words));
    }
    List<String> parts = List.of(words.split(" ", -1));
    boolean known =
        FAMILY.matcher(parts.get(0)).matches()
            && QUALIFIERS.containsAll(parts.subList(1, parts.size()));
    return known
        ? Optional.of(
            parts.get(0).toLowerCase(Locale.ROOT) + (parts.contains("Custom") ? "-custom" : ""))
        : Optional.empty();
  }

  private static Optional<GcpSku> priced(String item, JsonNode sku) {
    JsonNode expression = sku.path("pricingInfo").path(0).path("pricingExpression");
    JsonNode tiers = expression.path("tieredRates");
    // The last tier: a first one at 0 is a free allowance of the account, not the cluster's.
    JsonNode price = tiers.path(tiers.size() - 1).path("unitPrice");
    double amount = price.path("units").asLong() + price.path("nanos").asLong() / 1e9;
    double hours =
        switch (expression.path("usageUnit").asText()) {
          case "h", "GiBy.h" -> 1;
          case "GiBy.mo" -> HoursPerMonth.VALUE;
          default -> 0;
        };
    return amount > 0 && hours > 0
        ? Optional.of(new GcpSku(item, amount / hours, price.path("currencyCode").asText()))
        : Optional.empty();
  }
}
