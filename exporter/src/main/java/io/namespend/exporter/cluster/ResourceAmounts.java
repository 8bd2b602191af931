package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Kubernetes resource lists. */
final class ResourceAmounts {
  private static final Set<String> GPUS =
      Set.of("nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe");

  /** A slice of a GPU, such as {@code nvidia.com/mig-3g.20gb}: compute slices, and memory. */
  private static final Pattern MIG = Pattern.compile("nvidia\\.com/mig-(\\d)g\\.(\\d+)gb.*");

  /** What Kubernetes itself caps amounts at. */
  private static final double LARGEST = Long.MAX_VALUE;

  /** Amounts by their text: 150,000 pods have a few hundred, and to work one out takes long. */
  private static final Map<String, Double> AMOUNTS = new ConcurrentHashMap<>();

  private static final int MOST_AMOUNTS = 2_000;

  private ResourceAmounts() {}

  /**
   * Amounts in cores, bytes and GPUs; what is not listed is 0.
   *
   * @throws IllegalArgumentException if one is not an amount
   */
  static Resources read(JsonNode parent, String field) {
    JsonNode quantities = Fields.object(parent, field);
    if (quantities.isEmpty()) {
      return Resources.NONE;
    }
    double gpus = 0;
    for (Map.Entry<String, JsonNode> quantity : quantities.properties()) {
      double gpu = gpusIn(quantity.getKey());
      if (gpu > 0) {
        gpus += gpu * amount(quantities, quantity.getKey());
      }
    }
    return new Resources(amount(quantities, "cpu"), amount(quantities, "memory"), gpus);
  }

  /** Capacity of a volume; 0 if it is not listed. */
  static double storageGib(JsonNode parent, String field) {
    return amount(Fields.object(parent, field), "storage") / Resources.BYTES_PER_GIB;
  }

  /**
   * How much of a GPU one unit of a resource is; 0 for what is no GPU. A GPU that is shared in time
   * counts as many as its shares, on the node as in the requests.
   */
  private static double gpusIn(String resource) {
    if (resource.indexOf('/') < 0) {
      return 0;
    }
    if (GPUS.contains(resource.replaceFirst("\\.shared$", ""))) {
      return 1;
    }
    Matcher mig = MIG.matcher(resource);
    if (!mig.matches()) {
      return 0;
    }
    int slices = Integer.parseInt(mig.group(1));
    // An A30 has four slices of 6 GB, all others seven.
    boolean isA30 = mig.group(2).equals(Integer.toString(slices * 6));
    return slices / (isA30 ? 4.0 : 7.0);
  }

  private static double amount(JsonNode quantities, String name) {
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
    if (AMOUNTS.size() < MOST_AMOUNTS) {
      AMOUNTS.put(quantity, amount);
    }
    return amount;
  }
}
