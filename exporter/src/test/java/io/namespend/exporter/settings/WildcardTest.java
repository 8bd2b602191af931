package io.namespend.exporter.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, shops, false",
    "shop, sho, false",
    "team-*, team-a, true",
    "team-*, team-, true",
    "team-*, team, false",
    "*, '', true",
    "*-prod, a-prod-prod, true",
    "*-prod, a-prod-x, false",
    "a*b*c, axbxbc, true",
    "a*b*c, acb, false",
    "m5.*, m5xlarge, false",
    "M5.*, m5.xlarge, true",
    "**, anything, true",
  })
  void matchesWholeNames(String text, String name, boolean matches) {
    assertThat(new Wildcard(text).matches(name)).isEqualTo(matches);
  }

  /** A regular expression would try every way to share the letters between the stars. */
  @Test
  void isFastOnHostileTexts() {
    Wildcard hostile = new Wildcard("*a".repeat(30) + "b");
    String name = "a".repeat(253);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(hostile.matches(name)).isFalse());
  }
}
