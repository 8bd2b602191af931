package io.namespend.exporter.cluster.node;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the labels of a node say of its GPUs and how they are shared: those of GKE, of NVIDIA's GPU
 * feature discovery and of Intel's rules for node feature discovery. A value of no sense says
 * nothing.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/concepts/timesharing-gpus">GKE: GPU
 *     time-sharing</a>
 * @see <a href="https://github.com/NVIDIA/k8s-device-plugin">NVIDIA k8s-device-plugin: labels</a>
 */
record SharingLabels(Map<String, String> labels) {
  private static final String GKE = "cloud.google.com/";
  private static final String INTEL = "gpu.intel.com/";

  /** More than any machine has. */
  private static final int MOST_DEVICES = 64;

  /** Whole GPUs that machines have at most; more units are shares, whoever made them. */
  private static final int MOST_WHOLE = 16;

  /** The same of machines of Google, where less. */
  private static final Map<String, Integer> MOST_ATTACHED =
      Map.of("nvidia-tesla-t4", 4, "nvidia-tesla-p4", 4, "nvidia-tesla-p100", 4);

  /** Of a device, more than anybody configures. */
  private static final int MOST_CLIENTS = 1_000;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  /** At the end of a product's name: {@code A100-SXM4-40GB-MIG-1g.5gb-SHARED}. */
  private static final Pattern MIG_PRODUCT = Pattern.compile(".*-MIG-(\\d)g\\.(\\d+)gb.*");

  private static final Pattern MIG_SIZE = Pattern.compile("(\\d)g\\.(\\d+)gb.*");

  /** GPUs of a node that reports none; 0 if the labels tell of none. */
  double present() {
    return counted(MOST_DEVICES).orElse(isPresent() ? 1 : 0);
  }

  /** Whether the labels tell that there is a GPU, but not how many. */
  boolean isPresentUncounted() {
    return isPresent() && counted(MOST_DEVICES).isEmpty();
  }

  /**
   * GPUs behind so many units of {@code nvidia.com/gpu}; empty if they are shared and nothing tells
   * by how many.
   */
  OptionalDouble devices(double units, boolean isNamedShared) {
    OptionalDouble counted = counted(Math.min(units, MOST_DEVICES));
    if (counted.isPresent()) {
      return counted;
    }
    OptionalInt clients = clients(units);
    if (clients.isPresent() && clients.getAsInt() > 1) {
      return OptionalDouble.of(whole(units / clients.getAsInt()));
    }
    double whole = whole(units);
    int most = MOST_ATTACHED.getOrDefault(text(GKE + "gke-accelerator"), MOST_WHOLE);
    return isNamedShared || isShared() || whole > most
        ? OptionalDouble.empty()
        : OptionalDouble.of(whole);
  }

  /** Intel's GPUs behind so many units; 0 if the labels do not tell. */
  double intelDevices(double units) {
    OptionalInt count = number(INTEL + "device.count", units);
    if (count.isPresent()) {
      return count.getAsInt();
    }
    int devices =
        labels.keySet().stream()
            .filter(label -> label.startsWith(INTEL + "device-id.") && label.endsWith(".count"))
            .mapToInt(label -> number(label, MOST_DEVICES).orElse(0))
            .sum();
    return devices <= units ? devices : 0;
  }

  private OptionalDouble counted(double most) {
    OptionalInt attached = number(GKE + "gke-accelerator-count", most);
    if (attached.isPresent()) {
      return OptionalDouble.of(attached.getAsInt());
    }
    // Slices count as GPUs here where all GPUs are cut into the same ones.
    OptionalInt count = number("nvidia.com/gpu.count", most);
    return count.isPresent() ? OptionalDouble.of(whole(count.getAsInt())) : OptionalDouble.empty();
  }

  /** GPUs that so many slices are cut of, or as many if they are whole. */
  private double whole(double units) {
    double partitions = partitions();
    return partitions > 1 ? Math.ceil(units / partitions - 1e-9) : Math.ceil(units);
  }

  /** How much of a GPU a unit is, as far as labels alone tell. */
  double shareOfUnit() {
    return 1 / (clients(MOST_CLIENTS).orElse(1) * partitions());
  }

  /** Clients of each device of a resource, such as a MIG slice; 1 if it is not shared. */
  int replicas(String resource, double units) {
    return number(AcceleratorResource.withoutShared(resource) + ".replicas", units).orElse(1);
  }

  private OptionalInt clients(double units) {
    OptionalInt replicas = number("nvidia.com/gpu.replicas", units);
    return replicas.isPresent() ? replicas : number(GKE + "gke-max-shared-clients-per-gpu", units);
  }

  private boolean isPresent() {
    return !text(GKE + "gke-accelerator").isEmpty()
        || text("nvidia.com/gpu.present").equals("true");
  }

  private boolean isShared() {
    String strategy = text("nvidia.com/gpu.sharing-strategy");
    return strategy.equals("time-slicing")
        || strategy.equals("mps")
        || !text(GKE + "gke-gpu-sharing-strategy").isEmpty()
        || text("nvidia.com/gpu.product").endsWith("-SHARED");
  }

  /** Slices of each GPU, where each stands for one under the name of a whole GPU. */
  private double partitions() {
    Matcher size = MIG_SIZE.matcher(text(GKE + "gke-gpu-partition-size"));
    if (size.matches()) {
      return partitions(size.group(1), size.group(2));
    }
    Matcher product = MIG_PRODUCT.matcher(text("nvidia.com/gpu.product"));
    return product.matches() ? partitions(product.group(1), product.group(2)) : 1;
  }

  private static double partitions(String slices, String gib) {
    double share = slices.equals("0") ? 1 : AcceleratorResource.mig(slices, gib);
    // Two of three sevenths fill a GPU; the last seventh is of no use.
    return Math.floor(1 / share + 1e-9);
  }

  /** From 1 to {@code most}. */
  private OptionalInt number(String label, double most) {
    String text = text(label);
    if (!NUMBER.matcher(text).matches()) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(text);
    return number >= 1 && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
  }

  private String text(String label) {
    return labels.getOrDefault(label, "");
  }
}
