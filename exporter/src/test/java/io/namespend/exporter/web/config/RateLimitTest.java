package io.namespend.exporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now = Long.MAX_VALUE - 1_000_000_000L;

  @Test
  void letsABurstInAndThenOneEachInterval() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(2), 3, () -> now);

    assertThat(taken(limit)).isEqualTo(3);
    now += 1_999_999_999L;
    assertThat(taken(limit)).isZero();
    now += 1;
    assertThat(taken(limit)).isEqualTo(1);
    now += Duration.ofHours(1).toNanos();
    assertThat(taken(limit)).as("no more than the burst").isEqualTo(3);
  }

  private static int taken(RateLimit limit) {
    int taken = 0;
    while (limit.tryTake()) {
      taken++;
    }
    return taken;
  }
}
