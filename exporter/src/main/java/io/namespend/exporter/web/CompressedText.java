package io.namespend.exporter.web;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
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
 * The page as compressed text in one format. Runs of series that are the same objects as at the
 * last scrape are not written again; what is kept is a tenth of the text.
 */
final class CompressedText {
  /** Families that are smaller are not worth the book-keeping. */
  private static final int SMALL = 500;

  /**
   * One series in so many begins a run. Which ones, their labels alone decide, so that after a
   * change the other runs begin where they did. Shorter ones compress worse; of longer ones more
   * are written anew for the pods that changed.
   */
  private static final int RUN = 16;

  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.UTF_8);

  private final ExpositionFormatWriter writer;
  private final EscapingScheme escaping;

  /** By the first of their series. */
  private IdentityHashMap<DataPointSnapshot, Run> runs = new IdentityHashMap<>();

  CompressedText(ExpositionFormatWriter writer, EscapingScheme escaping) {
    this.writer = writer;
    this.escaping = escaping;
  }

  private record Run(List<DataPointSnapshot> series, GzipParts.Part part) {
    /** Whether it is what stands there, up to where another one begins. */
    // To compare what is equal would take as long as to write it.
    @SuppressWarnings("ReferenceEquality")
    boolean isAt(List<? extends DataPointSnapshot> all, int begin) {
      int end = begin + series.size();
      if (end > all.size() || (end < all.size() && !isBegin(all.get(end)))) {
        return false;
      }
      for (int i = 0; i < series.size(); i++) {
        if (series.get(i) != all.get(begin + i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** What was not written at the last scrape is written now. */
  synchronized List<GzipParts.Part> of(MetricSnapshots page) throws IOException {
    IdentityHashMap<DataPointSnapshot, Run> current = new IdentityHashMap<>();
    List<GzipParts.Part> parts = new ArrayList<>();
    try (GzipParts gzip = new GzipParts()) {
      for (MetricSnapshot family : page) {
        if (family.getDataPoints().size() < SMALL) {
          Text text = text(family);
          parts.add(gzip.part(text.bytes, 0, text.end));
        } else if (family instanceof GaugeSnapshot gauge) {
          add(
              gauge.getDataPoints(),
              series -> new GaugeSnapshot(gauge.getMetadata(), series),
              current,
              parts,
              gzip);
        } else if (family instanceof InfoSnapshot info) {
          add(
              info.getDataPoints(),
              series -> new InfoSnapshot(info.getMetadata(), series),
              current,
              parts,
              gzip);
        } else {
          Text text = text(family);
          parts.add(gzip.part(text.bytes, 0, text.end));
        }
      }
      byte[] end = text(new MetricSnapshots(List.of())).bytes;
      parts.add(gzip.part(end, 0, end.length));
    }
    runs = current;
    return parts;
  }

  private <P extends DataPointSnapshot> void add(
      List<P> series,
      Function<List<P>, MetricSnapshot> family,
      IdentityHashMap<DataPointSnapshot, Run> current,
      List<GzipParts.Part> parts,
      GzipParts gzip)
      throws IOException {
    Text first = text(family.apply(series.subList(0, 1)));
    parts.add(gzip.part(first.bytes, 0, first.head));
    int begin = 0;
    while (begin < series.size()) {
      Run run = runs.get(series.get(begin));
      if (run == null || !run.isAt(series, begin)) {
        List<P> changed = series.subList(begin, end(series, begin));
        Text text = text(family.apply(changed));
        run = new Run(List.copyOf(changed), gzip.part(text.bytes, text.head, text.end - text.head));
      }
      current.put(series.get(begin), run);
      parts.add(run.part());
      begin += run.series().size();
    }
  }

  private static int end(List<? extends DataPointSnapshot> series, int begin) {
    int end = begin + 1;
    while (end < series.size() && !isBegin(series.get(end))) {
      end++;
    }
    return end;
  }

  private static boolean isBegin(DataPointSnapshot series) {
    return series.getLabels().hashCode() % RUN == 0;
  }

  /**
   * A text.
   *
   * @param head where the first series begins, behind the lines on the family
   * @param end of the last series
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  private record Text(byte[] bytes, int head, int end) {}

  private Text text(MetricSnapshot family) throws IOException {
    return text(new MetricSnapshots(List.of(family)));
  }

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
