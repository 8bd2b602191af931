package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WeeklyDigestTest {
  @Test
  void ranksByCost() {
    WeeklyDigest digest =
        Digests.of(
            new WeekOnWeek(60, 60), Digests.FULL, "/b 10 0", "/a 10 0", "/dear 40 1", "/zero 0 0");

    assertThat(names(digest.ranking(20).top())).containsExactly("dear", "a", "b");
    assertThat(names(digest.ranking(20).rest())).containsExactly("zero");
    assertThat(names(digest.ranking(1).top())).containsExactly("dear");
    assertThat(names(digest.ranking(1).rest())).containsExactly("a", "b", "zero");
    assertThat(digest.ranking(1).restCost()).isEqualTo(new WeekOnWeek(20, 0));
  }

  @Test
  void listsTheGoneByWhatTheyCost() {
    WeeklyDigest digest =
        Digests.of(new WeekOnWeek(60, 60), Digests.FULL, "/old 0 1", "/older 0 9", "/alive 60 50");

    assertThat(names(digest.gone())).containsExactly("older", "old");
    assertThat(names(digest.ranking(20).top())).containsExactly("alive");
    assertThat(digest.ranking(20).rest()).isEmpty();
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
  void namedAndRestAndUnallocatedAreTheTotal() {
    Random random = new Random(20261116);
    for (int round = 0; round < 200; round++) {
      String[] namespaces =
          IntStream.range(0, random.nextInt(60))
              .mapToObj(i -> "/ns-%d %s %s".formatted(i, cost(random), cost(random)))
              .toArray(String[]::new);
      WeeklyDigest digest = Digests.of(new WeekOnWeek(5000, 4000), Digests.FULL, namespaces);
      Ranking ranking = digest.ranking(1 + random.nextInt(30));

      WeekOnWeek sum =
          NamespaceCost.sum(ranking.top())
              .plus(ranking.restCost())
              .plus(NamespaceCost.sum(digest.gone()))
              .plus(digest.unallocated());

      assertThat(sum.cost()).isCloseTo(5000, within(1e-6));
      assertThat(sum.before()).isCloseTo(4000, within(1e-6));
      assertThat(ranking.top().size() + ranking.rest().size() + digest.gone().size())
          .isEqualTo(namespaces.length);
    }
  }

  @Test
  void sharesOfNothingAreZero() {
    assertThat(Digests.of(new WeekOnWeek(0, 0), Digests.FULL).share(0)).isZero();
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

  private static double cost(Random random) {
    return random.nextInt(4) == 0 ? 0 : random.nextDouble() * 100;
  }

  private static List<String> names(List<NamespaceCost> rows) {
    return rows.stream().map(NamespaceCost::namespace).toList();
  }
}
