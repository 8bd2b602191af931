package io.namespend.exporter.web;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * The page as compressed text in one format. Metrics that are the same objects as at the last
 * scrape are not written again; what is kept is a tenth of the text.
 */
final class CompressedText {
  /** Series that are written at a time, so that the text is never whole in memory. */
  private static final int AT_ONCE = 1_000;

  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

  private final ExpositionFormatWriter writer;
  private final EscapingScheme escaping;

  private IdentityHashMap<MetricSnapshot, Written> known = new IdentityHashMap<>();

  CompressedText(ExpositionFormatWriter writer, EscapingScheme escaping) {
    this.writer = writer;
    this.escaping = escaping;
  }

  /**
   * A metric.
   *
   * @param isFirst whether it is the first of its family, and has the lines on the family
   */
  private record Written(boolean isFirst, List<GzipParts.Part> parts) {}

  /** What was not written at the last scrape is written now. */
  synchronized List<GzipParts.Part> of(MetricSnapshots page) throws IOException {
    IdentityHashMap<MetricSnapshot, Written> current = new IdentityHashMap<>(page.size());
    List<GzipParts.Part> parts = new ArrayList<>(page.size());
    String family = "";
    try (GzipParts gzip = new GzipParts()) {
      for (MetricSnapshot metric : page) {
        boolean isFirst = !metric.getMetadata().getPrometheusName().equals(family);
        family = metric.getMetadata().getPrometheusName();
        Written written = known.get(metric);
        if (written == null || written.isFirst() != isFirst) {
          written = write(metric, isFirst, gzip);
        }
        current.put(metric, written);
        parts.addAll(written.parts());
      }
      byte[] end = text(new MetricSnapshots(List.of())).bytes;
      parts.add(gzip.part(end, 0, end.length));
    }
    known = current;
    return parts;
  }

  private Written write(MetricSnapshot metric, boolean isFirst, GzipParts gzip) throws IOException {
    List<GzipParts.Part> parts = new ArrayList<>(1);
    for (MetricSnapshot piece : pieces(metric)) {
      Text text = text(new MetricSnapshots(List.of(piece)));
      int begin = isFirst && parts.isEmpty() ? 0 : text.head;
      parts.add(gzip.part(text.bytes, begin, text.end - begin));
    }
    return new Written(isFirst, List.copyOf(parts));
  }

  /** Of the kinds of metrics that clusters have, and that may be large. */
  private static List<? extends MetricSnapshot> pieces(MetricSnapshot metric) {
    if (metric.getDataPoints().size() <= AT_ONCE) {
      return List.of(metric);
    }
    if (metric instanceof GaugeSnapshot gauge) {
      return pieces(
          gauge.getDataPoints(), series -> new GaugeSnapshot(gauge.getMetadata(), series));
    }
    if (metric instanceof InfoSnapshot info) {
      return pieces(info.getDataPoints(), series -> new InfoSnapshot(info.getMetadata(), series));
    }
    return List.of(metric);
  }

  private static <P> List<MetricSnapshot> pieces(
      List<P> series, Function<List<P>, MetricSnapshot> metric) {
    List<MetricSnapshot> pieces = new ArrayList<>();
    for (int begin = 0; begin < series.size(); begin += AT_ONCE) {
      int end = Math.min(series.size(), begin + AT_ONCE);
      pieces.add(metric.apply(series.subList(begin, end)));
    }
    return pieces;
  }

  /**
   * A text.
   *
   * @param head where the first series begins, behind the lines on the family
   * @param end of the last series
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  private record Text(byte[] bytes, int head, int end) {}

  private Text text(MetricSnapshots page) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, page, escaping);
    byte[] bytes = out.toByteArray();
    int tail = bytes.length - END.length;
    int end =
        tail >= 0 && Arrays.equals(bytes, tail, bytes.length, END, 0, END.length)
            ? tail
            : bytes.length;
    int head = 0;
    while (head < end && bytes[head] == '#') {
      head = nextLine(bytes, head);
    }
    return new Text(bytes, head, end);
  }

  private static int nextLine(byte[] bytes, int line) {
    int i = line;
    while (bytes[i] != '\n') {
      i++;
    }
    return i + 1;
  }
}
