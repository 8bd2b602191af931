package io.namespend.testbed.month;

import io.namespend.testbed.backfill.OpenMetricsFile;
import io.namespend.testbed.month.Recorded.Cadence;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Writes a month as blocks of Prometheus, the same for the same plan. */
public final class MonthWriter {
  private static final long HOUR = 3600;

  /** As promtool's largest blocks, so that it reads each file for one block only. */
  private static final long BLOCK = 486 * HOUR;

  private static final long NOW = 1800;
  private static final String END = "end.txt";

  private final MonthPlan plan;
  private final long begin;
  private final long end;
  private final double[] waves;

  public MonthWriter(MonthPlan plan) {
    this.plan = plan;
    this.begin = plan.begin().getEpochSecond();
    this.end = plan.end().getEpochSecond();
    Random random = new Random(plan.seed());
    this.waves =
        LongStream.iterate(begin, second -> second <= end, second -> second + HOUR)
            .mapToDouble(second -> wave(second) * (1 + 0.02 * random.nextGaussian()))
            .toArray();
  }

  /** Day and night, and weekends. */
  private static double wave(long second) {
    OffsetDateTime time = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
    boolean isWeekend = time.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    return (isWeekend ? 0.85 : 1) * (1 + 0.15 * Math.sin(2 * Math.PI * (time.getHour() - 9) / 24));
  }

  /**
   * @param folder gets {@code data}, and when it ends
   * @param progress told what happens next
   */
  public void write(Path folder, Tools tools, Consumer<String> progress) throws IOException {
    List<Recorded> series = new Company(plan).series();
    Promtool promtool = new Promtool(tools, folder.resolve("promtool.log"));
    Files.createDirectories(folder);
    for (long from = begin; from <= end; from = (from / BLOCK + 1) * BLOCK) {
      long to = Math.min((from / BLOCK + 1) * BLOCK, end + 1);
      progress.accept(
          "writing %d series from %s to %s"
              .formatted(series.size(), Instant.ofEpochSecond(from), Instant.ofEpochSecond(to)));
      Path samples = folder.resolve("samples.txt");
      long written = 0;
      try (OpenMetricsFile file = new OpenMetricsFile(samples)) {
        for (Recorded one : series) {
          written += write(one, from, to, file);
        }
      }
      progress.accept("making blocks of %d samples".formatted(written));
      promtool.createBlocks(List.of(samples), folder.resolve("data"));
      Files.delete(samples);
    }
    Files.writeString(folder.resolve(END), plan.end().toString());
  }

  /**
   * Starts Prometheus on a month that was written.
   *
   * @param rules files that it evaluates
   */
  public static Prometheus start(Path folder, Tools tools, List<Path> rules) {
    StringBuilder config =
        new StringBuilder("global: {scrape_interval: 1m, evaluation_interval: 1m}\nrule_files:\n");
    rules.forEach(file -> config.append("  - ").append(file.toAbsolutePath()).append('\n'));
    return Prometheus.start(tools, folder, config.toString(), 0);
  }

  /** When the month ends that was written. */
  public static Instant end(Path folder) throws IOException {
    return Instant.parse(Files.readString(folder.resolve(END)));
  }

  private long write(Recorded series, long from, long to, OpenMetricsFile file) {
    return switch (series.when()) {
      case HOURS -> writeEvery(HOUR, begin + HOUR - 60, series, from, to, file);
      case MINUTES -> writeEvery(60, begin, series, from, to, file);
      case LAST_MINUTES -> writeEvery(60, end - plan.minuteHours() * HOUR, series, from, to, file);
      case WORKLOADS -> writeEvery(240, end - plan.minuteHours() * HOUR, series, from, to, file);
      case NOW -> writeEvery(240, end - NOW, series, from, to, file);
    };
  }

  private long writeEvery(
      long step, long first, Recorded series, long from, long to, OpenMetricsFile file) {
    long written = 0;
    int month = 0;
    String text = series.text();
    long start = first >= from ? first : first + (from - first + step - 1) / step * step;
    for (long second = start; second < to; second += step) {
      if (series.when() == Cadence.HOURS) {
        int now = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC).getMonthValue();
        if (now != month) {
          month = now;
          text = withMonth(series.text(), month);
        }
      }
      file.sample(text, value(series, second), second);
      written++;
    }
    return written;
  }

  private double value(Recorded series, long second) {
    Amount amount = series.amount();
    if (!series.moves()) {
      return amount.base();
    }
    double passed = (double) (second - begin) / (end - begin);
    return (amount.base() + amount.growth() * passed) * waves[(int) ((second - begin) / HOUR)];
  }

  private static String withMonth(String text, int month) {
    String labels = text.substring(0, text.length() - 1);
    return labels + (labels.endsWith("{") ? "" : ",") + "month=\"" + month + "\"}";
  }
}
