package io.namespend.testbed.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.model.CostModel;
import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.SeriesKey;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.random.Comparison.Difference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped rules on random clusters against the allocation policy's model, series by series.
 * {@code -Dnamespend.seed=7} tries other clusters than usual; {@code -Dnamespend.shrink=true} makes
 * the first that differs as small as it can, which takes half an hour.
 */
@Tag("rules")
@Tag("prometheus")
class RandomClustersTest {
  private static final int CLUSTERS = 240;
  private static final long SEED = Long.getLong("namespend.seed", 20_261_121);
  private static final Path RULES = Path.of("../alert-rules");
  private static final Path MAX_BASIS = RULES.resolve("optional/max-basis.yaml");

  @TempDir private Path folder;
  private int batches;

  @Test
  void everySeriesIsWhatThePolicySays() throws InterruptedException {
    List<Path> optional = Stream.of(MAX_BASIS).filter(Files::exists).toList();
    ScenarioGenerator generator = new ScenarioGenerator(new Random(SEED), !optional.isEmpty());
    List<Scenario> clusters = Stream.generate(generator::next).limit(CLUSTERS).toList();
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH"));
    try (ClusterRules rules = ClusterRules.start(tools, folder, RULES, optional)) {
      List<List<Difference>> differences = differences(rules, clusters);
      List<Scenario> failing = new ArrayList<>();
      for (int i = 0; i < CLUSTERS; i++) {
        if (!differences.get(i).isEmpty()) {
          failing.add(clusters.get(i));
        }
      }
      assertThat(failing.isEmpty()).as(() -> failure(rules, failing)).isTrue();
    }
  }

  /** In the order of the clusters. */
  private List<List<Difference>> differences(ClusterRules rules, List<Scenario> clusters)
      throws InterruptedException {
    batches++;
    Map<String, Scenario> named = new TreeMap<>();
    for (Scenario cluster : clusters) {
      named.put("b%dc%04d".formatted(batches, named.size()), cluster);
    }
    Map<String, Map<SeriesKey, Double>> actual = rules.run(named, CostModel.METRICS);
    return named.entrySet().stream()
        .map(
            cluster ->
                Comparison.compare(
                    CostModel.of(cluster.getValue(), cluster.getKey()),
                    actual.getOrDefault(cluster.getKey(), Map.of())))
        .toList();
  }

  private String failure(ClusterRules rules, List<Scenario> failing) {
    try {
      Scenario first = failing.stream().min(Comparator.comparingInt(Shrinker::size)).orElseThrow();
      Scenario smallest =
          Boolean.getBoolean("namespend.shrink")
              ? new Shrinker(
                      scenarios ->
                          differences(rules, scenarios).stream()
                              .map(found -> !found.isEmpty())
                              .toList())
                  .shrink(first)
              : first;
      return "%d of %d clusters of -Dnamespend.seed=%d differ from the policy. Smallest:%n%s%nwhere%n%s"
          .formatted(
              failing.size(),
              CLUSTERS,
              SEED,
              smallest.describe(),
              differences(rules, List.of(smallest)).get(0).stream()
                  .map(Difference::toString)
                  .collect(Collectors.joining("\n")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted while shrinking";
    }
  }
}
