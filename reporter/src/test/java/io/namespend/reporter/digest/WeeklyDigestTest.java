package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WeeklyDigestTest {
  @Test
  void ranksByCost() {
    assertThat(
            Digests.of(new WeekOnWeek(60, 60), Digests.FULL, "/b 10 0", "/a 10 0", "/dear 40 1")
                .namespaces())
        .extracting(NamespaceCost::namespace)
        .containsExactly("dear", "a", "b");
  }

  @Test
  void keepsWhatNoNamespacePays() {
    assertThat(Digests.of(new WeekOnWeek(100, 80), Digests.FULL, "/a 90 80").unallocated())
        .isEqualTo(new WeekOnWeek(10, 0));
    assertThat(Digests.of(new WeekOnWeek(90.004, 80), Digests.FULL, "/a 90 80").hasUnallocated())
        .isFalse();
    assertThat(Digests.of(new WeekOnWeek(90.006, 80), Digests.FULL, "/a 90 80").hasUnallocated())
        .isTrue();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> Digests.of(new WeekOnWeek(1, 1), Digests.FULL, "/a 1 1", "/a 1 1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice in one digest");
    assertThatThrownBy(() -> new Coverage(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClusterSums(Map.of("a", Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no cost of \"a\": NaN");
    assertThatThrownBy(
            () ->
                new WeeklyDigest(
                    Digests.WEEK,
                    Currencies.only("USD"),
                    List.of(),
                    List.of(),
                    new ClusterSums(Map.of()),
                    new ClusterSums(Map.of()),
                    Month.UNKNOWN,
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a digest needs a cluster");
  }
}
