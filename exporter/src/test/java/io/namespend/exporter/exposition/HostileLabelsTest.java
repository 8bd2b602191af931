package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Label values of any kind, through the real promtool and back. */
class HostileLabelsTest {
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "say \"hi\"",
          "two\nlines",
          "back\\slash",
          "\\n is no newline",
          "ends with \\",
          "{brace=\"x\"} 1 # {}",
          "tab\tcarriage\rbell\u0007",
          "ünïcode 節約 \uD83D\uDCB8 \u2028",
          "a".repeat(63),
          "é".repeat(63),
          "x".repeat(5000));

  private static final Pattern SERIES =
      Pattern.compile("hostile\\{of=\"((?:[^\"\\\\\\n]++|\\\\.)*+)\"} (\\S+)");

  private final GaugeFamily family = new GaugeFamily("hostile", "Says \"\\n\" and \\.", "of");

  HostileLabelsTest() {
    for (int i = 0; i < VALUES.size(); i++) {
      family.add(i, VALUES.get(i));
    }
  }

  @Test
  void comeBackAsTheyWere() throws IOException {
    MetricSnapshots metrics = MetricSnapshots.of(family.snapshot());

    for (String text : List.of(Exposition.text(metrics), openMetrics(metrics))) {
      // Only a newline ends a line of the formats; String.lines also ends one at \r.
      List<String> series =
          List.of(text.split("\n")).stream().filter(line -> !line.startsWith("#")).toList();
      assertThat(series).hasSize(VALUES.size());
      for (String line : series) {
        Matcher parsed = SERIES.matcher(line);
        assertThat(parsed.matches()).as(line).isTrue();
        int number = (int) Double.parseDouble(parsed.group(2));
        assertThat(unescaped(parsed.group(1))).isEqualTo(VALUES.get(number));
      }
    }
  }

  @Test
  void promtoolReadsThem() throws Exception {
    assertThat(complaints(Exposition.text(MetricSnapshots.of(family.snapshot()))))
        .as("beside the style of names")
        .isEmpty();
  }

  @Test
  void promtoolComplainsOfWhatItCannotRead() throws Exception {
    assertThat(complaints("hostile{of=\"a\nb\"} 1\n")).isNotEmpty();
  }

  /** What promtool says of a text, without its lint: a line that begins with the metric's name. */
  private static String complaints(String text) throws Exception {
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (var in = promtool.getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = promtool.waitFor();
    String errors =
        output
            .lines()
            .filter(line -> !line.startsWith("hostile "))
            .collect(Collectors.joining("\n"));
    // 3 is lint alone; 1 is a text that cannot be read.
    assertThat(exit).as(output).isIn(errors.isEmpty() ? List.of(0, 3) : List.of(1));
    return errors;
  }

  private static String openMetrics(MetricSnapshots metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OpenMetricsTextFormatWriter.create().write(out, metrics);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** As Prometheus reads a label value. */
  private static String unescaped(String escaped) {
    return Pattern.compile("\\\\(.)")
        .matcher(escaped)
        .replaceAll(
            match -> Matcher.quoteReplacement(match.group(1).equals("n") ? "\n" : match.group(1)));
  }
}
