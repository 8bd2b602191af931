package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Kubernetes resource lists. */
final class ResourceAmounts {
  private static final Set<String> GPUS =
      Set.of("nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe");

  private ResourceAmounts() {}

  /** Amounts in cores, bytes and GPUs; what is not listed is 0. */
  static Resources read(@Nullable Map<String, Quantity> quantities) {
    if (quantities == null || quantities.isEmpty()) {
      return Resources.NONE;
    }
    double gpus = 0;
    for (String name : GPUS) {
      gpus += amount(quantities, name);
    }
    return new Resources(amount(quantities, "cpu"), amount(quantities, "memory"), gpus);
  }

  /** Capacity of a volume; 0 if it is not listed. */
  static double storageGib(@Nullable Map<String, Quantity> quantities) {
    return quantities == null ? 0 : amount(quantities, "storage") / Resources.BYTES_PER_GIB;
  }

  private static double amount(Map<String, Quantity> quantities, String name) {
    Quantity quantity = quantities.get(name);
    if (quantity == null) {
      return 0;
    }
    try {
      return quantity.getNumericalAmount().doubleValue();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is not a Kubernetes quantity such as 500m or 2Gi".formatted(name, quantity),
          e);
    }
  }
}
