package io.namespend.testbed.dashboards;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a variable stands for, and how Grafana writes it into a query.
 *
 * @param values those that are chosen
 * @param allValue written as it is instead of them
 * @param asRegex whether the data source makes regular expressions of them: of variables that can
 *     have several
 */
record Values(List<String> values, Optional<String> allValue, boolean asRegex) {
  private static final Pattern SPECIAL = Pattern.compile("[$^*{}\\[\\]'+?.()|]");

  static Values of(String value) {
    return new Values(List.of(value), Optional.empty(), false);
  }

  /**
   * @param format such as {@code regex}, or empty for what the Prometheus data source does
   */
  String as(String format) {
    if (allValue.isPresent()) {
      return allValue.get();
    }
    return switch (format) {
      case "" ->
          asRegex ? alternatives(Values::prometheusRegex) : joined(",", Values::prometheusText);
      case "regex" -> alternatives(Values::regex);
      case "pipe" -> joined("|", UnaryOperator.identity());
      case "csv", "raw", "text" -> joined(",", UnaryOperator.identity());
      case "doublequote" -> joined(",", value -> '"' + value.replace("\"", "\\\"") + '"');
      case "percentencode" -> joined(",", Values::percentEncoded);
      default -> throw new IllegalArgumentException("unknown format " + format);
    };
  }

  private String joined(String separator, UnaryOperator<String> escape) {
    return values.stream().map(escape).collect(Collectors.joining(separator));
  }

  private String alternatives(UnaryOperator<String> escape) {
    return values.size() == 1 ? escape.apply(values.get(0)) : "(" + joined("|", escape) + ")";
  }

  private static String prometheusText(String value) {
    return value.replace("\\", "\\\\");
  }

  /** Escaped twice: for the regular expression and for the string it stands in. */
  private static String prometheusRegex(String value) {
    return SPECIAL.matcher(value.replace("\\", "\\\\\\\\")).replaceAll("\\\\\\\\$0");
  }

  private static String regex(String value) {
    return SPECIAL.matcher(value.replace("\\", "\\\\")).replaceAll("\\\\$0");
  }

  private static String percentEncoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
