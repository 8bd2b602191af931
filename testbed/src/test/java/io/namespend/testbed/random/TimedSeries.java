package io.namespend.testbed.random;

import io.namespend.testbed.cadvisor.SeriesText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A series over some minutes.
 *
 * @param values by minute; {@link #GONE} where there is none
 */
record TimedSeries(String name, Map<String, String> labels, List<Double> values) {
  static final int MINUTES = 45;
  static final double GONE = Double.NaN;

  private static final Pattern TEXT = Pattern.compile("([\\w:]+)(?:\\{(.*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  TimedSeries {
    labels = Map.copyOf(labels);
    values = List.copyOf(values);
  }

  /** What a cluster says that changes in one minute. */
  static List<TimedSeries> of(List<FedSeries> before, List<FedSeries> after, int change) {
    Map<String, FedSeries> old = byText(before);
    Map<String, FedSeries> young = byText(after);
    return Stream.concat(old.keySet().stream(), young.keySet().stream())
        .distinct()
        .map(text -> of(text, old.get(text), young.get(text), change))
        .toList();
  }

  private static Map<String, FedSeries> byText(List<FedSeries> series) {
    Map<String, FedSeries> byText = new LinkedHashMap<>();
    series.forEach(each -> byText.put(each.text(), each));
    return byText;
  }

  private static TimedSeries of(
      String text, @Nullable FedSeries before, @Nullable FedSeries after, int change) {
    List<Double> values = new ArrayList<>();
    double count = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      @Nullable FedSeries now = minute < change ? before : after;
      if (now == null) {
        values.add(GONE);
      } else {
        count += 60 * now.rate();
        values.add(now.isCounter() ? count : now.start());
      }
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return new TimedSeries(parts.group(1), labels, values);
  }

  String label(String label) {
    return labels.getOrDefault(label, "");
  }

  /** An empty value takes the label away. */
  TimedSeries with(String label, String value) {
    Map<String, String> changed = new TreeMap<>(labels);
    changed.put(label, value);
    changed.values().removeIf(String::isEmpty);
    return new TimedSeries(name, changed, values);
  }

  TimedSeries with(List<Double> others) {
    return new TimedSeries(name, labels, others);
  }

  /** For input_series of a rule test. */
  String line() {
    List<String> names =
        new TreeMap<>(labels)
            .entrySet().stream()
                .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                .collect(Collectors.toList());
    return "      - {series: '%s', values: '%s'}\n".formatted(SeriesText.of(name, names), runs());
  }

  /** In promtool's notation; what a scrape lacks has a marker, so that no query finds its past. */
  private String runs() {
    StringBuilder text = new StringBuilder();
    int begin = 0;
    while (begin < values.size()) {
      int end = begin + 1;
      double step = end < values.size() ? values.get(end) - values.get(begin) : 0;
      while (end < values.size() && isOn(begin, end, step)) {
        end++;
      }
      int more = end - begin - 1;
      double first = values.get(begin);
      if (Double.isNaN(first)) {
        text.append(begin > 0 ? "stale " : "_ ").append(more > 0 ? "_x" + more + " " : "");
      } else if (more == 0) {
        text.append(number(first)).append(' ');
      } else {
        text.append(number(first)).append(step < 0 ? "-" : "+").append(number(Math.abs(step)));
        text.append('x').append(more).append(' ');
      }
      begin = end;
    }
    return text.toString().strip();
  }

  private boolean isOn(int begin, int end, double step) {
    double first = values.get(begin);
    double value = values.get(end);
    if (Double.isNaN(first) || Double.isNaN(value)) {
      return Double.isNaN(first) && Double.isNaN(value);
    }
    double expected = first + (end - begin) * step;
    return Math.abs(value - expected) <= 1e-12 * Math.abs(expected);
  }

  /** Promtool reads no exponents. */
  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(17)).toPlainString();
  }
}
