package io.namespend.exporter.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.namespend.exporter.cluster.json.Fields;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Reads Kubernetes resource lists. */
public final class ResourceAmounts {
  private static final String HUGE_PAGES = "hugepages-";

  /** What Kubernetes itself caps amounts at. */
  private static final double LARGEST = Long.MAX_VALUE;

  /** Amounts by their text: 150,000 pods have a few hundred, and to work one out takes long. */
  private static final Map<String, Double> AMOUNTS = new ConcurrentHashMap<>();

  private static final int MOST_AMOUNTS = 2_000;
  private static final int LONGEST_KNOWN = 32;

  private ResourceAmounts() {}

  /**
   * Cores and bytes, without huge pages; what is not listed is 0.
   *
   * @throws IllegalArgumentException if one is not an amount
   */
  public static Resources cpuAndMemory(JsonNode quantities) {
    return new Resources(amount(quantities, "cpu"), amount(quantities, "memory"), 0);
  }

  /**
   * Units of GPUs and other accelerators by resource name; only those of which there are any.
   *
   * @throws IllegalArgumentException if one is not an amount
   */
  static Map<String, Double> accelerators(JsonNode parent, String field) {
    JsonNode quantities = Fields.object(parent, field);
    Map<String, Double> units = new TreeMap<>();
    for (Map.Entry<String, JsonNode> quantity : quantities.properties()) {
      if (AcceleratorResource.named(quantity.getKey()).isPresent()) {
        double amount = amount(quantities, quantity.getKey());
        if (amount > 0) {
          units.put(quantity.getKey(), amount);
        }
      }
    }
    return units;
  }

  /**
   * Bytes of memory in pages of all sizes.
   *
   * @throws IllegalArgumentException if one is not an amount
   */
  static double hugePageBytes(JsonNode quantities) {
    double bytes = 0;
    for (Map.Entry<String, JsonNode> quantity : quantities.properties()) {
      if (isHugePages(quantity.getKey())) {
        bytes += amount(quantities, quantity.getKey());
      }
    }
    return bytes;
  }

  /** Whether it is memory that is set aside in large pages, such as {@code hugepages-2Mi}. */
  public static boolean isHugePages(String resource) {
    return resource.startsWith(HUGE_PAGES);
  }

  /** Capacity of a volume; 0 if it is not listed. */
  public static double storageGib(JsonNode parent, String field) {
    return amount(Fields.object(parent, field), "storage") / Resources.BYTES_PER_GIB;
  }

  /**
   * 0 if it is not listed.
   *
   * @throws IllegalArgumentException if it is not an amount
   */
  public static double amount(JsonNode quantities, String name) {
    String quantity = Fields.text(quantities, name);
    if (quantity.isEmpty() && !quantities.hasNonNull(name)) {
      return 0;
    }
    Double known = AMOUNTS.get(quantity);
    if (known != null) {
      return known;
    }
    double amount;
    try {
      amount = Quantity.parse(quantity).getNumericalAmount().doubleValue();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is not a Kubernetes quantity such as 500m or 2Gi".formatted(name, quantity),
          e);
    }
    if (!(amount >= 0 && amount <= LARGEST)) {
      throw new IllegalArgumentException(
          "%s is %s; it must be from 0 to 2^63".formatted(name, quantity));
    }
    if (AMOUNTS.size() < MOST_AMOUNTS && quantity.length() <= LONGEST_KNOWN) {
      AMOUNTS.put(quantity, amount);
    }
    return amount;
  }
}
