package io.namespend.exporter.cluster.node;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource name under which device plugins offer GPUs and other accelerators.
 *
 * @param share how much of a device one unit is, unless the node tells otherwise
 */
public record AcceleratorResource(Family family, double share) {
  /** Devices of one maker, with resource names of their own. */
  enum Family {
    NVIDIA,
    AMD,
    INTEL,
    GAUDI,
    TPU,
    /** Its resource names count the same devices in different units. */
    NEURON
  }

  private static final String SHARED = ".shared";

  private static final Map<String, AcceleratorResource> BY_NAME =
      Map.of(
          "nvidia.com/gpu", new AcceleratorResource(Family.NVIDIA, 1),
          "amd.com/gpu", new AcceleratorResource(Family.AMD, 1),
          "gpu.intel.com/i915", new AcceleratorResource(Family.INTEL, 1),
          "gpu.intel.com/xe", new AcceleratorResource(Family.INTEL, 1),
          "habana.ai/gaudi", new AcceleratorResource(Family.GAUDI, 1),
          "google.com/tpu", new AcceleratorResource(Family.TPU, 1),
          "aws.amazon.com/neuron", new AcceleratorResource(Family.NEURON, 1),
          "aws.amazon.com/neurondevice", new AcceleratorResource(Family.NEURON, 1),
          // Inferentia 2 and Trainium have two cores a device; a node that reports both tells.
          "aws.amazon.com/neuroncore", new AcceleratorResource(Family.NEURON, 0.5));

  /** A slice of a GPU, such as {@code nvidia.com/mig-3g.20gb}: compute slices, and memory. */
  private static final Pattern MIG = Pattern.compile("nvidia\\.com/mig-([1-7])g\\.(\\d+)gb.*");

  /** A partition of a GPU of AMD, such as {@code amd.com/cpx_nps4}. */
  private static final Pattern AMD_PARTITION =
      Pattern.compile("amd\\.com/([sdqc]px)_nps\\d", Pattern.CASE_INSENSITIVE);

  /** Empty for what is no accelerator. */
  public static Optional<AcceleratorResource> named(String resource) {
    if (resource.indexOf('/') < 0) {
      return Optional.empty();
    }
    AcceleratorResource known = BY_NAME.get(withoutShared(resource));
    if (known != null) {
      return Optional.of(known);
    }
    Matcher mig = MIG.matcher(resource);
    if (mig.matches()) {
      return Optional.of(new AcceleratorResource(Family.NVIDIA, mig(mig.group(1), mig.group(2))));
    }
    Matcher partition = AMD_PARTITION.matcher(resource);
    return partition.matches()
        ? Optional.of(new AcceleratorResource(Family.AMD, amd(partition.group(1))))
        : Optional.empty();
  }

  /** The name that the device plugin gives shares of a resource if it is told to rename them. */
  static boolean isNamedShared(String resource) {
    return resource.endsWith(SHARED);
  }

  static String withoutShared(String resource) {
    return isNamedShared(resource)
        ? resource.substring(0, resource.length() - SHARED.length())
        : resource;
  }

  /**
   * Devices in amounts of resources. Several names of the same devices count once.
   *
   * @param amounts by resource name
   * @param share how much of a device one unit of a resource is
   */
  static double devices(Map<String, Double> amounts, ToDoubleFunction<String> share) {
    Map<Family, Double> devices = new EnumMap<>(Family.class);
    amounts.forEach(
        (name, amount) ->
            named(name)
                .ifPresent(
                    resource ->
                        devices.merge(
                            resource.family,
                            amount * share.applyAsDouble(name),
                            resource.family == Family.NEURON ? Double::max : Double::sum)));
    return devices.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** A seventh for each compute slice. */
  static double mig(String computeSlices, String gib) {
    int slices = Integer.parseInt(computeSlices);
    // An A30 has four slices of 6 GB, all others seven.
    boolean isA30 = gib.equals(Integer.toString(slices * 6));
    return Math.min(1, slices / (isA30 ? 4.0 : 7.0));
  }

  private static double amd(String partition) {
    return switch (Character.toLowerCase(partition.charAt(0))) {
      case 'd' -> 1 / 2.0;
      case 'q' -> 1 / 4.0;
      case 'c' -> 1 / 8.0;
      default -> 1;
    };
  }
}
