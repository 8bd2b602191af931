package io.namespend.reporter.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds parts so that they add up to a rounded whole: each is rounded down, and what is then
 * missing goes, one unit each, to those that lost most. Among equals the first gets it.
 */
public final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * @param total a multiple of the unit; about the sum of the parts
   * @param scale decimals of the unit: 2 for cents
   * @return a rounded part for each part, in their order; none for none
   */
  public static List<BigDecimal> round(BigDecimal total, List<BigDecimal> parts, int scale) {
    if (parts.isEmpty()) {
      return List.of();
    }
    List<BigDecimal> rounded = new ArrayList<>();
    List<BigDecimal> lost = new ArrayList<>();
    for (BigDecimal part : parts) {
      BigDecimal down = part.setScale(scale, RoundingMode.FLOOR);
      rounded.add(down);
      lost.add(part.subtract(down));
    }
    BigDecimal unit = BigDecimal.ONE.movePointLeft(scale);
    long missing =
        total
            .subtract(rounded.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
            .divide(unit, 0, RoundingMode.UNNECESSARY)
            .longValueExact();
    List<Integer> order =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(Comparator.comparing((Integer index) -> lost.get(index)).reversed())
            .toList();
    for (int place = 0; place < order.size(); place++) {
      // More than one unit each only where the total is not what the parts add up to.
      long each =
          Math.floorDiv(missing, (long) order.size())
              + (place < Math.floorMod(missing, (long) order.size()) ? 1 : 0);
      int index = order.get(place);
      rounded.set(index, rounded.get(index).add(unit.multiply(BigDecimal.valueOf(each))));
    }
    return List.copyOf(rounded);
  }
}
