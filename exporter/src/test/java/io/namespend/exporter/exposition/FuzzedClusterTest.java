package io.namespend.exporter.exposition;

import static io.namespend.exporter.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.FuzzedWatch;
import io.namespend.exporter.cluster.InvalidDumpException;
import io.namespend.exporter.cluster.MutatedJson;
import io.namespend.exporter.cluster.watch.KindSync;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects of no sense: either they are refused by name, or what comes out is finite money. A
 * failure names the seed.
 */
class FuzzedClusterTest {
  private static final List<ObjectNode> OBJECTS = MutatedJson.objects();

  @TempDir private Path folder;

  @Test
  void aDumpIsPricedWithoutWhatCannotBeRead() throws IOException {
    int priced = 0;
    int unreadable = 0;
    for (int seed = 0; seed < 120; seed++) {
      Random random = new Random(seed);
      MutatedJson mutated = new MutatedJson(random);
      String items =
          OBJECTS.stream()
              .map(object -> random.nextInt(6) == 0 ? mutated.mutated(object) : object)
              .map(MutatedJson::text)
              .collect(Collectors.joining(","));
      Path file =
          Files.write(
              folder.resolve("dump.json"),
              ("{\"kind\": \"List\", \"items\": [" + items + "]}").getBytes(UTF_8));
      try {
        ClusterDump dump = new ClusterDump(file, Instant.EPOCH, Set.of("team"), Set.of("team"));
        assertGood(dump.snapshot());
        priced++;
        unreadable += dump.syncs().stream().mapToInt(KindSync::unreadable).sum();
      } catch (InvalidDumpException e) {
        assertThat(e).as("seed %s", seed).message().startsWith(file.toString());
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(priced).isGreaterThan(5);
    assertThat(unreadable).isGreaterThan(5);
  }

  @Test
  void aWatchKeepsWhatCanBeReadAndCountsTheRest() {
    for (int seed = 0; seed < 2; seed++) {
      MutatedJson mutated = new MutatedJson(new Random(seed));
      try (FuzzedWatch watch = FuzzedWatch.start()) {
        for (ObjectNode object : OBJECTS) {
          watch.apply(object);
          for (int variant = 0; variant < 20; variant++) {
            watch.apply(mutated.mutated(object));
          }
        }
        watch.applyMarker();
        eventually(() -> assertThat(watch.hasMarkers()).isTrue());
        assertGood(watch.snapshot());
        assertThat(watch.unreadable()).isPositive();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void assertGood(ClusterSnapshot snapshot) {
    MetricSnapshots metrics =
        Exposition.metrics(Map.of("m5.large", 0.1), true).of(snapshot, Instant.EPOCH);
    metrics.stream()
        .flatMap(family -> family.getDataPoints().stream())
        .filter(GaugeDataPointSnapshot.class::isInstance)
        .map(GaugeDataPointSnapshot.class::cast)
        .forEach(
            point ->
                assertThat(point.getValue())
                    .as("%s", point.getLabels())
                    .isFinite()
                    .isNotNegative());
    assertThat(Exposition.text(metrics)).isNotEmpty();
  }
}
