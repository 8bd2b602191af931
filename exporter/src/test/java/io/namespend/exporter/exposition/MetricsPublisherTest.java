package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterSource;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.store.Minute;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.SyncFailure;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsPublisherTest {
  private static final ClusterSnapshot N1 = cluster("n1");
  private static final ClusterSnapshot N2 = cluster("n2");

  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-20T08:00:30Z"));
  private final FakeCluster cluster = new FakeCluster();
  private final Map<String, Instant> answered = new HashMap<>();
  private final HandWoundTimer timer = new HandWoundTimer();
  private final MetricsPublisher publisher =
      new MetricsPublisher(cluster, Exposition.metrics(Map.of(), true), clock);

  @Test
  void isNotReadyBeforeTheWholeClusterIsRead() {
    publisher.start(timer, Duration.ofSeconds(1));
    cluster.becomes(N1);
    timer.tick();

    assertThat(publisher.isReady()).isFalse();
    assertThat(publisher.whyNotReady()).contains("waiting for: nodes (forbidden)");
    assertThat(publisher.collect().size()).isZero();
    assertThat(publisher.latestCluster()).isEqualTo(ClusterSnapshot.EMPTY);

    cluster.synced = true;
    timer.tick();

    assertThat(publisher.isReady()).isTrue();
    assertThat(publisher.whyNotReady()).isEmpty();
    assertThat(nodes()).isEqualTo("n1");
    assertThat(publisher.latestCluster()).isEqualTo(N1);
  }

  @Test
  void isNotReadyBeforeEachPriceSourceAnsweredForTheCluster() {
    cluster.synced = true;
    publisher.start(timer, Duration.ofSeconds(1), this::unanswered);
    cluster.becomes(N1);
    answered.put("aws", clock.instant());
    timer.tick();

    assertThat(publisher.isReady()).as("it answered before it knew the cluster").isFalse();
    assertThat(publisher.latestCluster()).as("what sources are asked for").isEqualTo(N1);
    assertThat(publisher.whyNotReady()).contains("waiting for the first prices of: aws, bill");
    assertThat(publisher.collect().size()).as("no price is better than another one").isZero();

    clock.pass(Duration.ofSeconds(5));
    answered.put("aws", clock.instant());
    timer.tick();
    assertThat(publisher.whyNotReady()).contains("waiting for the first prices of: bill");

    cluster.becomes(N2);
    answered.put("bill", clock.instant());
    timer.tick();
    assertThat(publisher.isReady()).isTrue();
    assertThat(publisher.unpriced()).isEmpty();
    assertThat(nodes()).as("what came meanwhile").isEqualTo("n2");
  }

  @Test
  void aPriceSourceThatFailsHoldsUpNothingForEver() {
    cluster.synced = true;
    publisher.start(timer, Duration.ofSeconds(1), this::unanswered);
    cluster.becomes(N1);
    timer.tick();
    clock.pass(Duration.ofSeconds(1));
    answered.put("aws", clock.instant());

    clock.pass(MetricsPublisher.PATIENCE_WITH_PRICES.minusSeconds(2));
    timer.tick();
    assertThat(publisher.isReady()).isFalse();

    clock.pass(Duration.ofSeconds(1));
    timer.tick();
    assertThat(publisher.isReady()).isTrue();
    assertThat(publisher.unpriced()).containsExactly("bill");
    assertThat(nodes()).isEqualTo("n1");

    clock.pass(Duration.ofHours(1));
    answered.put("bill", clock.instant());
    assertThat(publisher.unpriced()).isEmpty();
  }

  @Test
  void doesNotWaitForPricesByAClockThatWasPutBack() {
    cluster.synced = true;
    publisher.start(timer, Duration.ofSeconds(1), this::unanswered);
    cluster.becomes(N1);
    timer.tick();

    clock.pass(Duration.ofDays(-1));
    timer.tick();

    assertThat(publisher.isReady()).isTrue();
  }

  @Test
  void aClusterThatCannotBeReadWhilePricesAreAwaitedIsTriedAgain() {
    cluster.synced = true;
    cluster.failing = true;
    publisher.start(timer, Duration.ofSeconds(1), this::unanswered);
    timer.tick();
    assertThat(health()).contains("namespend_rebuild_failures_total 1.0\n");

    cluster.failing = false;
    cluster.becomes(N1);
    timer.tick();
    clock.pass(Duration.ofSeconds(1));
    answered.put("aws", clock.instant());
    answered.put("bill", clock.instant());
    timer.tick();
    assertThat(nodes()).isEqualTo("n1");
  }

  /** As a refresher tells it of two sources. */
  private List<String> unanswered(Instant since) {
    return List.of("aws", "bill").stream()
        .filter(source -> !answered.getOrDefault(source, Instant.MIN).isAfter(since))
        .toList();
  }

  @Test
  void looksAtTheClusterAsOftenAsAsked() {
    publisher.start(timer, Duration.ofSeconds(7));

    assertThat(timer.pause()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aScrapeSeesWhatChangedInTheMinuteBefore() {
    start(N1);

    cluster.becomes(N2);
    assertThat(nodes()).isEqualTo("n1");
    minutePasses();

    assertThat(nodes()).isEqualTo("n2");
    assertThat(publisher.latestCluster()).isEqualTo(N2);
  }

  @Test
  void nothingChangesBetweenMinutes() {
    start(N1);
    MetricSnapshots first = publisher.collect();

    clock.pass(Duration.ofSeconds(5));
    cluster.becomes(N2);
    assertThat(publisher.collect()).isSameAs(first);
    assertThat(cluster.reads).isEqualTo(1);
  }

  /** The largest cluster changes all the time; what nobody scrapes is work for nothing. */
  @Test
  void rebuildsOnlyForAScrape() {
    start(N1);

    for (int change = 0; change < 1000; change++) {
      cluster.becomes(N2);
      minutePasses();
      timer.tick();
    }
    assertThat(cluster.reads).isEqualTo(1);

    assertThat(nodes()).isEqualTo("n2");
    assertThat(cluster.reads).isEqualTo(2);
  }

  @Test
  void pricesAreTakenOverOnceForScrapesWithinASecond() {
    start(N1);
    minutePasses();
    MetricSnapshots first = publisher.collect();

    publisher.invalidate();
    clock.pass(Duration.ofMillis(999));
    assertThat(publisher.collect()).isSameAs(first);
    clock.pass(Duration.ofMillis(1));
    assertThat(publisher.collect()).isNotSameAs(first);
    assertThat(cluster.reads).as("of the minute that is shown").isEqualTo(2);
  }

  /** Whoever scrapes all the time takes a tenth of it. */
  @ParameterizedTest
  @CsvSource({"400, 4000", "2500, 10000"})
  void scrapesShareForTenTimesAsLongAsARebuildTook(long took, long shared) {
    start(N1);
    cluster.whileRead = () -> clock.pass(Duration.ofMillis(took));
    minutePasses();
    MetricSnapshots first = publisher.collect();

    publisher.invalidate();
    clock.pass(Duration.ofMillis(shared - 1));
    assertThat(publisher.collect()).isSameAs(first);
    clock.pass(Duration.ofMillis(1));
    assertThat(publisher.collect()).isNotSameAs(first);
  }

  @Test
  void rebuildsThoughTheClockWasPutBack() {
    start(N1);

    clock.pass(Duration.ofHours(-1));
    cluster.becomes(N2);

    assertThat(nodes()).isEqualTo("n2");
  }

  @Test
  void rebuildsWhenPricesChange() {
    start(N1);
    MetricSnapshots first = publisher.collect();

    publisher.invalidate();

    assertThat(publisher.collect()).isNotSameAs(first);
  }

  /** Costs have begins and ends, and months have their hours. */
  @Test
  void rebuildsWhenAMinuteHasPassed() {
    start(N1);
    MetricSnapshots first = publisher.collect();
    assertThat(minute()).isEqualTo("1.79516154E9");

    clock.pass(Duration.ofSeconds(43));
    assertThat(publisher.collect()).isSameAs(first);

    // What is told of a minute has a quarter of one to arrive.
    clock.pass(Duration.ofSeconds(1));
    MetricSnapshots second = publisher.collect();
    assertThat(second).isNotSameAs(first);
    assertThat(minute()).isEqualTo("1.7951616E9");
    assertThat(publisher.collect()).isSameAs(second);
    assertThat(cluster.minutes)
        .containsExactly(
            new Minute(Instant.parse("2026-11-20T07:59:00Z")),
            new Minute(Instant.parse("2026-11-20T08:00:00Z")));
  }

  @Test
  void aFailingRebuildKeepsTheLastMetricsAndIsTriedAgain() {
    start(N1);

    cluster.failing = true;
    cluster.becomes(N2);
    minutePasses();
    assertThat(nodes()).isEqualTo("n1");
    assertThat(nodes()).isEqualTo("n1");
    assertThat(publisher.latestCluster()).isEqualTo(N1);
    assertThat(publisher.isReady()).isTrue();
    assertThat(health())
        .contains("namespend_rebuild_failures_total 2.0\n")
        .contains("namespend_rebuild_success_timestamp_seconds 1.79516163E9\n");

    cluster.failing = false;
    assertThat(nodes()).isEqualTo("n2");
  }

  @Test
  void isNotReadyAfterAFirstRebuildThatFailed() {
    cluster.failing = true;
    start(N1);

    assertThat(publisher.isReady()).isFalse();

    cluster.failing = false;
    timer.tick();
    assertThat(publisher.isReady()).isTrue();
  }

  @Test
  void staysReadyWhenAKindIsNoLongerHeardOf() {
    start(N1);

    cluster.synced = false;
    cluster.becomes(N2);
    minutePasses();

    assertThat(publisher.isReady()).isTrue();
    assertThat(nodes()).isEqualTo("n2");
  }

  @Test
  void tellsHowFreshAndHowCompleteEachKindIs() {
    assertThat(health())
        .contains("namespend_cluster_sync_timestamp_seconds{kind=\"nodes\"} 0.0\n")
        .contains("namespend_cluster_unreadable_objects{kind=\"nodes\"} 3.0\n")
        .contains(
            "namespend_cluster_sync_failures_total{kind=\"nodes\",reason=\"forbidden\"} 7.0\n")
        .contains("namespend_rebuild_failures_total 0.0\n")
        .contains("namespend_rebuild_success_timestamp_seconds 0.0\n");
  }

  @Test
  void saysWhichKindsItFollows() {
    assertThat(health())
        .as("refused, and never heard")
        .contains("namespend_cluster_sync_current{kind=\"nodes\"} 0.0\n");

    cluster.synced = true;
    assertThat(health()).contains("namespend_cluster_sync_current{kind=\"nodes\"} 1.0\n");

    cluster.trouble = Optional.of(SyncFailure.UNREACHABLE);
    assertThat(health())
        .as("holds what it heard once, and does not know whether it is still so")
        .contains("namespend_cluster_sync_current{kind=\"nodes\"} 0.0\n");
  }

  @Test
  void notHeardYetIsNotCurrentThoughNothingFailed() {
    assertThat(new KindSync("nodes", Optional.empty(), 0).isCurrent()).isFalse();
    assertThat(new KindSync("nodes", Optional.of(Instant.EPOCH), 0).isCurrent()).isTrue();
  }

  /** A scraper that overrides labels writes its own values over each of them. */
  @Test
  void hasASeriesWhoseLabelsTellWhetherTheScraperKeptThem() {
    assertThat(health())
        .contains(
            "namespend_honor_labels_info{instance=\"honored\",namespace=\"honored\","
                + "node=\"honored\",pod=\"honored\"} 1\n");
  }

  /** The begin of the minute that the metrics tell of. */
  private String minute() {
    return Exposition.text(publisher.collect())
        .lines()
        .filter(line -> line.startsWith("namespend_minute_timestamp_seconds "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .reduce("", String::concat);
  }

  private void minutePasses() {
    clock.pass(Duration.ofMinutes(1));
  }

  private String health() {
    return Exposition.text(new SyncMetrics(cluster, publisher).collect());
  }

  private void start(ClusterSnapshot snapshot) {
    cluster.synced = true;
    publisher.start(timer, Duration.ofSeconds(1));
    cluster.becomes(snapshot);
    timer.tick();
    clock.pass(Duration.ofSeconds(1));
  }

  /** The nodes that the metrics tell of. */
  private String nodes() {
    return Exposition.text(publisher.collect())
        .lines()
        .filter(line -> line.startsWith("node_gpu_count{"))
        .map(line -> line.replaceFirst(".*[{,]node=\"([^\"]*)\".*", "$1"))
        .reduce("", String::concat);
  }

  private static ClusterSnapshot cluster(String node) {
    return ClusterYaml.snapshot("apiVersion: v1\nkind: Node\nmetadata: {name: %s}".formatted(node));
  }

  private static final class FakeCluster implements ClusterSource {
    private ClusterSnapshot snapshot = ClusterSnapshot.EMPTY;
    private boolean synced;
    private Optional<SyncFailure> trouble = Optional.empty();
    private boolean failing;
    private int reads;
    private final List<Minute> minutes = new ArrayList<>();
    private Runnable whileRead = () -> {};

    void becomes(ClusterSnapshot next) {
      snapshot = next;
    }

    @Override
    public void start() {}

    @Override
    public ClusterSnapshot snapshot() {
      reads++;
      whileRead.run();
      if (failing) {
        throw new IllegalStateException("as the test wants it");
      }
      return snapshot;
    }

    @Override
    public ClusterSnapshot during(Minute minute) {
      minutes.add(minute);
      return snapshot();
    }

    @Override
    public List<KindSync> syncs() {
      Optional<Instant> heard = synced ? Optional.of(Instant.EPOCH) : Optional.empty();
      return List.of(
          new KindSync(
              "nodes",
              heard,
              snapshot.nodes().size(),
              3,
              Map.of(SyncFailure.FORBIDDEN, 7L),
              synced ? trouble : Optional.of(SyncFailure.FORBIDDEN)));
    }

    @Override
    public void close() {}
  }
}
