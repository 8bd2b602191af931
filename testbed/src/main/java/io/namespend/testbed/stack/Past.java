package io.namespend.testbed.stack;

import io.namespend.testbed.backfill.History;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.rules.RuleLayers;
import io.namespend.testbed.rules.RuleManifests;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Gives Prometheus a past: samples as it would have scraped them, then the rules over them. */
final class Past {
  private final StackSettings settings;
  private final Path data;
  private final Promtool promtool;
  private final Consumer<String> progress;

  Past(StackSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.data = settings.folder().resolve("prometheus/data");
    this.promtool = new Promtool(settings.tools(), settings.folder().resolve("promtool.log"));
    this.progress = progress;
  }

  /**
   * @param begin second since 1970
   */
  void fill(SimulatedCluster cluster, long begin, long end) {
    progress.accept("writing %d days of the simulated cluster".formatted((end - begin) / 86_400));
    fillSamples(cluster, begin, end);
    RuleLayers layers = new RuleLayers(new RuleManifests(settings.rules()).recordingRules());
    for (int layer = 0; layer < layers.count(); layer++) {
      progress.accept(
          "calculating its costs with the rules, step %d of %d"
              .formatted(layer + 1, layers.count()));
      List<Path> rules = layers.write(layer, settings.folder().resolve("rule-layer"));
      // Prometheus sees new blocks when it starts.
      try (Prometheus prometheus =
          Prometheus.start(
              settings.tools(),
              settings.folder().resolve("prometheus"),
              PrometheusConfig.QUERY_ONLY,
              0)) {
        promtool.createBlocksFromRules(prometheus.address(), rules, begin, end, data);
      }
    }
  }

  /** Two halves side by side, one for each core of a small machine. */
  private void fillSamples(SimulatedCluster cluster, long begin, long end) {
    long middle = begin + (end - begin) / 7200 * 3600;
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> fillSamples(cluster, begin, middle, "samples-1.txt"));
    fillSamples(cluster, middle, end, "samples-2.txt");
    try {
      first.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void fillSamples(SimulatedCluster cluster, long begin, long end, String file) {
    Path samples = settings.folder().resolve(file);
    new History(cluster).write(begin, end, samples);
    promtool.createBlocks(List.of(samples), data);
    try {
      Files.delete(samples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
