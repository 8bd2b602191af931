package io.namespend.exporter.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.node.AcceleratorResource.Family;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The GPUs and other accelerators of a node. What it reports are units to request: shares, slices
 * or cores of devices, or none before its device plugin registers or where dynamic resource
 * allocation hands them out. What it costs are the devices.
 *
 * @param capacity devices
 * @param allocatable devices that pods can get
 */
record NodeAccelerators(double capacity, double allocatable, DeviceShares shares) {

  static NodeAccelerators of(JsonNode status, SharingLabels labels, double ofType) {
    Map<String, Double> units = ResourceAmounts.accelerators(status, "capacity");
    if (units.isEmpty()) {
      double devices = ofType > 0 ? ofType : labels.present();
      boolean isGuessed = ofType == 0 && labels.isPresentUncounted();
      // What pods held when the plugin went they still hold.
      double share = devices > 0 ? labels.shareOfUnit() : 1;
      return new NodeAccelerators(
          devices,
          devices,
          new DeviceShares(
              share < 1
                  ? Map.of("nvidia.com/gpu", share, "nvidia.com/gpu.shared", share)
                  : Map.of(),
              isGuessed));
    }
    Map<Family, Map<String, Double>> families = new EnumMap<>(Family.class);
    units.forEach(
        (name, amount) ->
            AcceleratorResource.named(name)
                .ifPresent(
                    resource ->
                        families
                            .computeIfAbsent(resource.family(), first -> new TreeMap<>())
                            .put(name, amount)));
    // A type's devices are of one maker.
    double known = families.size() == 1 ? ofType : 0;
    Map<String, Double> shares = new HashMap<>();
    double devices = 0;
    boolean isGuessed = false;
    for (Map.Entry<Family, Map<String, Double>> family : families.entrySet()) {
      Counted counted = Counted.of(family.getKey(), family.getValue(), labels, known);
      devices += counted.devices;
      isGuessed |= counted.isGuessed;
      shares.putAll(counted.shares);
    }
    double taken =
        AcceleratorResource.devices(
            missing(units, ResourceAmounts.accelerators(status, "allocatable"), status),
            name -> shares.getOrDefault(name, 0.0));
    // What the name says needs no keeping.
    shares.entrySet().removeIf(share -> share.getValue() == nominal(share.getKey()));
    return new NodeAccelerators(
        devices, Math.max(0, devices - taken), new DeviceShares(shares, isGuessed));
  }

  /** What pods cannot get of what there is. */
  private static Map<String, Double> missing(
      Map<String, Double> capacity, Map<String, Double> allocatable, JsonNode status) {
    JsonNode reported = Fields.object(status, "allocatable");
    Map<String, Double> missing = new HashMap<>();
    capacity.forEach(
        (name, amount) -> {
          if (reported.hasNonNull(name)) {
            missing.put(name, Math.max(0, amount - allocatable.getOrDefault(name, 0.0)));
          }
        });
    return missing;
  }

  private static double nominal(String resource) {
    return AcceleratorResource.named(resource).map(AcceleratorResource::share).orElse(0.0);
  }

  /**
   * The devices of one maker.
   *
   * @param shares of a device that one unit is, by resource name
   */
  private record Counted(double devices, Map<String, Double> shares, boolean isGuessed) {
    static Counted of(
        Family family, Map<String, Double> units, SharingLabels labels, double ofType) {
      return switch (family) {
        case NVIDIA -> nvidia(units, labels, ofType);
        case NEURON -> neuron(units, ofType);
        case INTEL -> intel(units, labels, ofType);
        case AMD, GAUDI, TPU -> fitted(nominal(units), units, ofType, false);
      };
    }

    private static Counted nvidia(Map<String, Double> units, SharingLabels labels, double ofType) {
      Map<String, Double> shares = new HashMap<>();
      double whole = 0;
      boolean isNamedShared = false;
      for (Map.Entry<String, Double> unit : units.entrySet()) {
        String name = unit.getKey();
        if (AcceleratorResource.withoutShared(name).equals("nvidia.com/gpu")) {
          whole += unit.getValue();
          isNamedShared |= AcceleratorResource.isNamedShared(name);
        } else {
          int replicas = labels.replicas(name, unit.getValue());
          shares.put(name, NodeAccelerators.nominal(name) / replicas);
        }
      }
      OptionalDouble counted = labels.devices(whole, isNamedShared);
      boolean isGuessed = whole > 0 && counted.isEmpty() && ofType == 0;
      double ofUnit = whole > 0 ? counted.orElse(Math.max(1, ofType)) / whole : 1;
      units.keySet().forEach(name -> shares.putIfAbsent(name, ofUnit));
      return fitted(shares, units, ofType, isGuessed);
    }

    /** The plugin shares all devices alike, and no label says by how many. */
    private static Counted intel(Map<String, Double> units, SharingLabels labels, double ofType) {
      double sum = units.values().stream().mapToDouble(Double::doubleValue).sum();
      return fitted(nominal(units), units, ofType > 0 ? ofType : labels.intelDevices(sum), false);
    }

    /** Each name counts all devices in units of its own. */
    private static Counted neuron(Map<String, Double> units, double ofType) {
      double devices =
          ofType > 0
              ? ofType
              : units.entrySet().stream()
                  .filter(unit -> NodeAccelerators.nominal(unit.getKey()) == 1)
                  .mapToDouble(Map.Entry::getValue)
                  .max()
                  .orElseGet(() -> AcceleratorResource.devices(units, NodeAccelerators::nominal));
      Map<String, Double> shares = new HashMap<>();
      units.forEach((name, amount) -> shares.put(name, devices / amount));
      return new Counted(devices, shares, false);
    }

    private static Map<String, Double> nominal(Map<String, Double> units) {
      Map<String, Double> shares = new HashMap<>();
      units.keySet().forEach(name -> shares.put(name, NodeAccelerators.nominal(name)));
      return shares;
    }

    /** More than the type has are shares; what is not reported of it is there all the same. */
    private static Counted fitted(
        Map<String, Double> shares, Map<String, Double> units, double ofType, boolean isGuessed) {
      double devices = AcceleratorResource.devices(units, name -> shares.getOrDefault(name, 0.0));
      if (ofType == 0 || devices <= ofType) {
        return new Counted(Math.max(devices, ofType), shares, isGuessed);
      }
      shares.replaceAll((name, share) -> share * ofType / devices);
      return new Counted(ofType, shares, isGuessed);
    }
  }
}
