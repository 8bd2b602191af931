package io.namespend.testbed.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertClockTest {
  private static final AlertClock CLOCK = new AlertClock("A", 2, 3);

  @Test
  void firesOnceItHasHeldLongEnoughAndGoesOnForAWhile() {
    assertThat(firings(10, 11, 12, 13)).containsExactly(firing(12, 17));
  }

  @Test
  void isSilentAboutWhatDoesNotHold() {
    assertThat(firings(10, 11, 13, 14, 20)).isEmpty();
  }

  @Test
  void aShortGapDoesNotEndIt() {
    assertThat(firings(10, 11, 12, 15)).containsExactly(firing(12, 19));
  }

  @Test
  void aLongGapMakesItTwo() {
    assertThat(firings(10, 11, 12, 16, 17, 18)).containsExactly(firing(12, 16), firing(18, 22));
  }

  private static List<Firing> firings(Integer... hours) {
    return CLOCK.firings(Map.of(), List.of(hours));
  }

  private static Firing firing(int begin, int end) {
    return new Firing("A", Map.of(), begin, end);
  }
}
