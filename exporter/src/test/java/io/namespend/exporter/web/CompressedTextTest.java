package io.namespend.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompressedTextTest {
  private static final int SERIES = 3_000;

  static Stream<ExpositionFormatWriter> formats() {
    return Stream.of(OpenMetricsTextFormatWriter.create(), PrometheusTextFormatWriter.create());
  }

  /** Random changes over and over: what the library writes is what a client reads. */
  @ParameterizedTest
  @MethodSource("formats")
  void isWhatTheFormatSays(ExpositionFormatWriter writer) throws IOException {
    Random random = new Random(5);
    CompressedText text = new CompressedText(writer, EscapingScheme.DEFAULT);
    List<GaugeDataPointSnapshot> series = new ArrayList<>();
    IntStream.range(0, SERIES).forEach(i -> series.add(point(i, i)));
    for (int change = 0; change < 20; change++) {
      series.subList(0, random.nextInt(3)).clear();
      for (int i = random.nextInt(5); i > 0; i--) {
        int at = random.nextInt(series.size());
        series.set(at, point(SERIES + random.nextInt(SERIES), change));
        series.remove(random.nextInt(series.size()));
      }
      MetricSnapshots page = page(distinct(series));

      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      writer.write(expected, page, EscapingScheme.DEFAULT);
      assertThat(unzipped(text.of(page))).isEqualTo(expected.toString(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writesAnewOnlyWhatChanged(ExpositionFormatWriter writer) throws IOException {
    CompressedText text = new CompressedText(writer, EscapingScheme.DEFAULT);
    List<GaugeDataPointSnapshot> series = new ArrayList<>();
    IntStream.range(0, SERIES).forEach(i -> series.add(point(i, i)));
    Set<GzipParts.Part> before = identities(text.of(page(series)));

    series.set(1234, point(1234, -1));
    List<GzipParts.Part> after = text.of(page(series));

    long anew = after.stream().filter(part -> !before.contains(part)).count();
    assertThat(after).hasSizeGreaterThan(100);
    // The changed metric, the small one, and the end.
    assertThat(anew).isEqualTo(3);
  }

  private static Set<GzipParts.Part> identities(List<GzipParts.Part> parts) {
    Set<GzipParts.Part> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(parts);
    return set;
  }

  private static List<GaugeDataPointSnapshot> distinct(List<GaugeDataPointSnapshot> series) {
    Set<Labels> seen = new HashSet<>();
    return series.stream().filter(point -> seen.add(point.getLabels())).toList();
  }

  /** More than are written at once. */
  private static final InfoSnapshot INFO =
      new InfoSnapshot(
          new MetricMetadata("thing", "# not a comment"),
          IntStream.range(0, 2_500)
              .mapToObj(i -> new InfoDataPointSnapshot(Labels.of("node", "n" + i)))
              .toList());

  private static final MetricMetadata COST = new MetricMetadata("cost", "two\nlines, \"quoted\"");

  /** By the series, which are equal only to themselves. */
  private final Map<List<GaugeDataPointSnapshot>, GaugeSnapshot> known = new HashMap<>();

  /** A family of several metrics, one large metric, one small one. */
  private MetricSnapshots page(List<GaugeDataPointSnapshot> series) {
    List<MetricSnapshot> metrics = new ArrayList<>();
    List<GaugeDataPointSnapshot> run = new ArrayList<>();
    // As the library puts them together.
    for (GaugeDataPointSnapshot point : new GaugeSnapshot(COST, series).getDataPoints()) {
      if (!run.isEmpty() && point.getLabels().hashCode() % 20 == 0) {
        metrics.add(metric(run));
        run.clear();
      }
      run.add(point);
    }
    metrics.add(metric(run));
    metrics.add(INFO);
    metrics.add(
        CounterSnapshot.builder()
            .name("questions")
            .dataPoint(CounterDataPointSnapshot.builder().value(7).build())
            .build());
    return new MetricSnapshots(metrics);
  }

  private GaugeSnapshot metric(List<GaugeDataPointSnapshot> series) {
    return known.computeIfAbsent(List.copyOf(series), run -> new GaugeSnapshot(COST, run));
  }

  private static GaugeDataPointSnapshot point(int number, double value) {
    return new GaugeDataPointSnapshot(
        value, Labels.of("pod", "#\"pod\"\n" + number, "team", "b\u00fccher"), null);
  }

  private static String unzipped(List<GzipParts.Part> parts) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    GzipParts.write(file, parts);
    // Checks the checksum and the length.
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(file.toByteArray())).readAllBytes(),
        StandardCharsets.UTF_8);
  }
}
