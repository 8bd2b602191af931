package io.namespend.testbed.backfill;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of samples for {@code promtool tsdb create-blocks-from openmetrics}. */
public final class OpenMetricsFile implements AutoCloseable {
  private final BufferedWriter out;

  public OpenMetricsFile(Path file) {
    try {
      out = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param second since 1970
   */
  public void sample(String series, double value, long second) {
    try {
      out.append(series).append(' ').append(Double.toString(value)).append(' ');
      out.append(Long.toString(second)).append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (out) {
      out.append("# EOF\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
