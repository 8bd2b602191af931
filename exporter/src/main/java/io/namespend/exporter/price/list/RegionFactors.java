package io.namespend.exporter.price.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How many times as much as in the reference region an instance type probably costs in a region
 * whose price for it is not known: what the nearest family that is known in both costs there. The
 * test {@code RegionEstimateErrorTest} measures how far off that is.
 */
final class RegionFactors {
  private final PriceTable table;
  private final String reference;
  private final Function<String, Optional<MachineFamily>> familyOf;
  private final Function<String, String> continentOf;
  private final Map<MachineFamily, List<String>> typesOfFamily = new HashMap<>();

  /** By region of the table: what each of its families costs there. */
  private final Map<String, Map<MachineFamily, Double>> ofRegion = new ConcurrentHashMap<>();

  /** By region of the table: what was found for families before. */
  private final Map<String, Map<MachineFamily, Double>> nearest = new ConcurrentHashMap<>();

  /**
   * @param reference the region that has a price for every type
   * @param continentOf part of the world by the name of a region, for regions that the table lacks
   */
  RegionFactors(
      PriceTable table,
      String reference,
      Function<String, Optional<MachineFamily>> familyOf,
      Function<String, String> continentOf) {
    this.table = table;
    this.reference = reference;
    this.familyOf = familyOf;
    this.continentOf = continentOf;
    for (String type : table.items()) {
      familyOf
          .apply(type)
          .ifPresent(
              family ->
                  typesOfFamily.computeIfAbsent(family, first -> new ArrayList<>()).add(type));
    }
  }

  /** 1 where nothing tells. */
  double factor(String type, String region) {
    return familyOf.apply(type).map(family -> factor(family, region)).orElse(1.0);
  }

  private double factor(MachineFamily family, String region) {
    return table.regions().contains(region)
        ? nearest
            .computeIfAbsent(region, first -> new ConcurrentHashMap<>())
            .computeIfAbsent(family, f -> factor(f, region, other -> true))
        : ofUnknownRegion(family, region);
  }

  /**
   * @param usable which families' prices may be looked at
   */
  double factor(MachineFamily family, String region, Predicate<MachineFamily> usable) {
    Map<MachineFamily, Double> factors = ofRegion(region);
    Optional<MachineFamily> donor =
        factors.keySet().stream()
            .filter(other -> other.series().equals(family.series()))
            .filter(usable)
            .min(nearness(family));
    return donor
        .map(factors::get)
        .orElseGet(
            () -> {
              Predicate<MachineFamily> sameUse = usable.and(other -> other.use() == family.use());
              return Stream.of(
                      sameUse.and(other -> other.processor().equals(family.processor())),
                      sameUse,
                      usable)
                  .flatMapToDouble(which -> median(factors, which).stream())
                  .findFirst()
                  .orElse(1);
            });
  }

  /** The middle of the regions of the same part of the world. */
  double ofUnknownRegion(MachineFamily family, String region) {
    String continent = continentOf.apply(region);
    return median(
            table.regions().stream()
                .filter(known -> !known.equals(region))
                .filter(known -> continentOf.apply(known).equals(continent))
                .mapToDouble(known -> factor(family, known))
                .toArray())
        .orElse(1);
  }

  /** The same processor counts more than the generation, an older generation more than a newer. */
  private static Comparator<MachineFamily> nearness(MachineFamily family) {
    return Comparator.comparing((MachineFamily other) -> !other.equals(family))
        .thenComparing(other -> !other.processor().equals(family.processor()))
        .thenComparing(other -> other.generation() > family.generation())
        .thenComparingInt(other -> Math.abs(other.generation() - family.generation()))
        .thenComparing(other -> !other.attributes().equals(family.attributes()))
        .thenComparing(MachineFamily::attributes);
  }

  private Map<MachineFamily, Double> ofRegion(String region) {
    return ofRegion.computeIfAbsent(
        region,
        r -> {
          Map<MachineFamily, Double> factors = new HashMap<>();
          typesOfFamily.forEach(
              (family, types) ->
                  median(types.stream().flatMapToDouble(type -> ratio(type, r).stream()).toArray())
                      .ifPresent(factor -> factors.put(family, factor)));
          return factors;
        });
  }

  /** Empty if the type is not known in both. */
  OptionalDouble ratio(String type, String region) {
    OptionalDouble here = table.price(type, region);
    OptionalDouble there = table.price(type, reference);
    return here.isPresent() && there.isPresent() && there.getAsDouble() > 0
        ? OptionalDouble.of(here.getAsDouble() / there.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble median(
      Map<MachineFamily, Double> factors, Predicate<MachineFamily> which) {
    return median(
        factors.entrySet().stream()
            .filter(entry -> which.test(entry.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .toArray());
  }

  private static OptionalDouble median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
  }
}
