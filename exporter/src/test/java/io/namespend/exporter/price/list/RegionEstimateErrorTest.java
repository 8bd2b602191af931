package io.namespend.exporter.price.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * How far off the built-in prices of types are that a region's list does not have: each price that
 * is known in a region and in the reference region is estimated as if the region had no price of
 * its family, or none at all. docs/prices.md states what this prints.
 */
class RegionEstimateErrorTest {
  private static final PriceTable AWS = new PriceTable("aws-on-demand.csv");
  private static final PriceTable AZURE = new PriceTable("azure-on-demand.csv");

  @Test
  void awsTypesOfAFamilyThatTheRegionLacks() {
    assertThat(familyMissing(AWS, "us-east-1", MachineFamily::ofAws, BuiltinPrices::awsFactors))
        .isEqualTo(
            "7426 prices, error median 0.3%, p95 12.7%; " + "copied from us-east-1: 16.5%, 35.1%");
  }

  @Test
  void azureSizesOfAFamilyThatTheRegionLacks() {
    assertThat(familyMissing(AZURE, "eastus", MachineFamily::ofAzure, BuiltinPrices::azureFactors))
        .isEqualTo(
            "11403 prices, error median 0.2%, p95 14.7%; " + "copied from eastus: 14.8%, 23.7%");
  }

  @Test
  void awsTypesInARegionThatTheTableLacks() {
    assertThat(regionMissing(AWS, "us-east-1", MachineFamily::ofAws, BuiltinPrices::awsFactors))
        .isEqualTo(
            "7426 prices, error median 10.1%, p95 35.1%; " + "copied from us-east-1: 16.5%, 35.1%");
  }

  @Test
  void azureSizesInARegionThatTheTableLacks() {
    assertThat(regionMissing(AZURE, "eastus", MachineFamily::ofAzure, BuiltinPrices::azureFactors))
        .isEqualTo(
            "11403 prices, error median 2.9%, p95 11.7%; " + "copied from eastus: 14.8%, 23.7%");
  }

  private static String familyMissing(
      PriceTable table,
      String reference,
      Function<String, Optional<MachineFamily>> familyOf,
      Function<PriceTable, RegionFactors> factorsOf) {
    RegionFactors factors = factorsOf.apply(table);
    return errors(
        table,
        reference,
        familyOf,
        known ->
            factors.factor(
                known.family(),
                known.region(),
                other ->
                    !other.equals(known.family())
                        && (!other.series().equals(known.family().series())
                            || other.generation() < known.family().generation())));
  }

  private static String regionMissing(
      PriceTable table,
      String reference,
      Function<String, Optional<MachineFamily>> familyOf,
      Function<PriceTable, RegionFactors> factorsOf) {
    RegionFactors factors = factorsOf.apply(table);
    return errors(
        table,
        reference,
        familyOf,
        known -> factors.ofUnknownRegion(known.family(), known.region()));
  }

  private record Known(MachineFamily family, String region) {}

  private static String errors(
      PriceTable table,
      String reference,
      Function<String, Optional<MachineFamily>> familyOf,
      ToDoubleFunction<Known> factor) {
    List<Double> estimated = new ArrayList<>();
    List<Double> copied = new ArrayList<>();
    for (String type : table.items()) {
      Optional<MachineFamily> family = familyOf.apply(type);
      double there = table.price(type, reference).orElse(0);
      if (family.isEmpty() || there == 0) {
        continue;
      }
      for (String region : table.regions()) {
        double here = table.price(type, region).orElse(0);
        if (here > 0 && !region.equals(reference)) {
          double estimate = there * factor.applyAsDouble(new Known(family.get(), region));
          estimated.add(Math.abs(estimate / here - 1));
          copied.add(Math.abs(there / here - 1));
        }
      }
    }
    return "%d prices, error median %.1f%%, p95 %.1f%%; copied from %s: %.1f%%, %.1f%%"
        .formatted(
            estimated.size(),
            percent(estimated, 0.5),
            percent(estimated, 0.95),
            reference,
            percent(copied, 0.5),
            percent(copied, 0.95));
  }

  private static double percent(List<Double> errors, double quantile) {
    double[] sorted = errors.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return 100 * sorted[(int) Math.floor(quantile * (sorted.length - 1))];
  }
}
