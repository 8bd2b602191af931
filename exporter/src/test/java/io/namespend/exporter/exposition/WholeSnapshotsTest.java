package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterSource;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.cluster.watch.KindSync;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scrapes beside a thousand refreshes: every series of a scrape is of the same moment. */
class WholeSnapshotsTest {
  private static final Pattern GENERATION = Pattern.compile("generation-(\\d+)");
  private static final int REFRESHES = 1000;

  private final Generations cluster = new Generations();
  private final HandWoundTimer timer = new HandWoundTimer();
  private final MovingClock clock = new MovingClock(Instant.EPOCH);
  private final PrometheusRegistry registry = new PrometheusRegistry();

  @Test
  void aScrapeSeesOneGenerationAlone() throws Exception {
    var publisher = new MetricsPublisher(cluster, Exposition.metrics(Map.of(), true), clock);
    registry.register(publisher);
    publisher.start(timer, Duration.ofSeconds(1));
    next(0);
    timer.tick();
    int lines = scrape().size();
    assertThat(lines).isGreaterThan(50);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService scrapers = Executors.newFixedThreadPool(2);
    try {
      List<Future<Set<Integer>>> seen =
          IntStream.range(0, 2)
              .mapToObj(scraper -> scrapers.submit(() -> scrapeUntil(done, lines)))
              .toList();
      for (int generation = 1; generation <= REFRESHES; generation++) {
        next(generation);
        // A scrape of the test's own makes each generation at least once.
        registry.scrape();
      }
      done.set(true);
      Set<Integer> all = new TreeSet<>();
      for (Future<Set<Integer>> generations : seen) {
        all.addAll(generations.get());
      }
      assertThat(all).as("generations that scrapes fell on").hasSizeGreaterThan(10);
    } finally {
      done.set(true);
      scrapers.shutdownNow();
    }
    assertThat(generations(scrape())).containsExactly(REFRESHES);
  }

  private Set<Integer> scrapeUntil(AtomicBoolean done, int lines) {
    Set<Integer> seen = new TreeSet<>();
    int newest = 0;
    while (!done.get()) {
      List<String> scrape = scrape();
      Set<Integer> generations = generations(scrape);
      assertThat(generations).as("generations in one scrape").hasSize(1);
      assertThat(scrape).as("lines of a whole one").hasSize(lines);
      int generation = generations.iterator().next();
      assertThat(generation).as("time goes on").isGreaterThanOrEqualTo(newest);
      newest = generation;
      seen.add(generation);
    }
    return seen;
  }

  /** The lines that tell of nodes, pods, workloads or namespaces. */
  private List<String> scrape() {
    return Exposition.text(registry.scrape())
        .lines()
        .filter(line -> GENERATION.matcher(line).find())
        .toList();
  }

  private static Set<Integer> generations(List<String> lines) {
    return lines.stream()
        .flatMap(line -> GENERATION.matcher(line).results())
        .map(match -> Integer.valueOf(match.group(1)))
        .collect(Collectors.toSet());
  }

  private void next(int generation) {
    String name = "generation-" + generation;
    cluster.snapshot =
        new ClusterSnapshot(
            IntStream.range(0, 3).mapToObj(i -> node(i + name)).toList(),
            List.of(new Namespace(name, Map.of())),
            IntStream.range(0, 20)
                .mapToObj(
                    i ->
                        new Pod(
                            name,
                            i + name,
                            i % 3 + name,
                            new Workload(name, "job", i + name),
                            Resources.ofGib(1, 1, 0),
                            0))
                .toList());
    clock.pass(Duration.ofMinutes(1));
  }

  private static Node node(String name) {
    return Node.named(name)
        .providerId(name)
        .capacity(Resources.ofGib(64, 64, 0))
        .allocatable(Resources.ofGib(64, 64, 0))
        .build();
  }

  private static final class Generations implements ClusterSource {
    private volatile ClusterSnapshot snapshot = ClusterSnapshot.EMPTY;

    @Override
    public void start() {}

    @Override
    public ClusterSnapshot snapshot() {
      return snapshot;
    }

    @Override
    public List<KindSync> syncs() {
      return List.of(new KindSync("nodes", Optional.of(Instant.EPOCH), 1));
    }

    @Override
    public void close() {}
  }
}
