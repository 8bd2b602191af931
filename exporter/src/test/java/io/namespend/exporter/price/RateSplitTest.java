package io.namespend.exporter.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.node.Resources;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateSplitTest {
  private static final Resources M5_XLARGE = Resources.ofGib(4, 16, 0);

  @Test
  void splitsAnM5XlargeAsOpenCostDoes() {
    ResourceRates rates = RateSplit.OPENCOST.split(0.192, M5_XLARGE);

    assertThat(rates.cpu()).isCloseTo(0.031247, offset(1e-6));
    assertThat(rates.memory()).isCloseTo(0.004188, offset(1e-6));
    assertThat(rates.gpu()).isZero();
  }

  @Test
  void splitsAG52xlargeOverItsReportedCapacity() {
    Resources capacity = new Resources(8, 32_500_272 * 1024.0, 1);

    ResourceRates rates = RateSplit.OPENCOST.split(1.35296, capacity);

    assertThat(rates.cpu()).isCloseTo(0.032055, offset(1e-6));
    assertThat(rates.memory()).isCloseTo(0.004297, offset(1e-6));
    assertThat(rates.gpu()).isCloseTo(0.963349, offset(1e-6));
  }

  @Test
  void splitsAsAwsSplitCostAllocationDataDoes() {
    ResourceRates rates = RateSplit.SCAD.split(1, M5_XLARGE);

    assertThat(rates.cpu()).isCloseTo(0.1730769, offset(1e-7));
    assertThat(rates.memory()).isCloseTo(0.0192308, offset(1e-7));
  }

  @Test
  void givesAnAcceleratorNineTenthsOfAUnitNode() {
    ResourceRates rates = RateSplit.SCAD.split(10, Resources.ofGib(1, 1, 1));

    assertThat(rates.gpu()).isCloseTo(9, offset(1e-12));
    assertThat(rates.cpu()).isCloseTo(0.9, offset(1e-12));
    assertThat(rates.memory()).isCloseTo(0.1, offset(1e-12));
  }

  @Test
  void everySplitSumsToThePriceOnRandomNodes() {
    Random random = new Random(3);
    List<RateSplit> splits =
        List.of(
            RateSplit.OPENCOST,
            RateSplit.SCAD,
            RateSplit.of("weights", new ResourceRates(1, 0, 0)),
            RateSplit.of("weights", new ResourceRates(0, 2, 50)));
    for (int i = 0; i < 20_000; i++) {
      Resources capacity =
          new Resources(
              0.25 + random.nextInt(192) * random.nextDouble(),
              1e8 + random.nextDouble() * 2e12,
              random.nextBoolean() ? random.nextInt(9) : 0);
      double price = random.nextDouble() * Math.pow(10, random.nextInt(5) - 2);
      for (RateSplit split : splits) {
        double sum = split.split(price, capacity).cost(capacity);

        assertThat(sum)
            .as("%s of %s over %s", split, price, capacity)
            .isCloseTo(price, offset(price * 1e-12));
      }
    }
  }

  @Test
  void refusesWeightsThatPriceNothing() {
    assertThatThrownBy(() -> RateSplit.of("weights", new ResourceRates(0, 0, 9)))
        .hasMessageContaining("cpu and memory both weigh 0");
  }
}
