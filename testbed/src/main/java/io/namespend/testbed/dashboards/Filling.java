package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.testbed.benchmark.PrometheusApi;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The variables of a dashboard with values that Prometheus has, one after the other as Grafana
 * does.
 */
public final class Filling {
  /** What is chosen of each variable. */
  public enum Choice {
    /** All where there is All, else the first. */
    ALL,
    /** One value of each; the preferred one where there are preferences. */
    ONE,
    /** Two of each that allows several. */
    TWO
  }

  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\w+)|\\$\\{(\\w+)(?:\\.[^:}]+)?(?::([^}]+))?}|\\[\\[(\\w+)]]");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?:(?<match>.+), *)?(?<label>\\w+)\\)", Pattern.DOTALL);
  private static final Pattern QUERY_RESULT =
      Pattern.compile("query_result\\((.+)\\)", Pattern.DOTALL);

  /** As the provisioned data source says. */
  private static final Duration SCRAPE_INTERVAL = Duration.ofMinutes(1);

  private final PrometheusApi prometheus;
  private final TimeRange range;
  private final Choice choice;
  private final Map<String, String> preferred;
  private final Map<String, Values> values = new HashMap<>();
  private final Map<String, List<String>> options = new LinkedHashMap<>();

  /**
   * @param preferred values by variable, for {@link Choice#ONE}
   */
  public Filling(
      Dashboard dashboard,
      PrometheusApi prometheus,
      TimeRange range,
      Choice choice,
      Map<String, String> preferred) {
    this.prometheus = prometheus;
    this.range = range;
    this.choice = choice;
    this.preferred = preferred;
    dashboard.variables().forEach(this::choose);
  }

  /** What there was to choose from, by variable; of those that ask Prometheus. */
  public Map<String, List<String>> options() {
    return options;
  }

  /** The questions that Grafana asks for a query: more than one where its panel is repeated. */
  public List<Question> questions(Target target) {
    TimeRange asked =
        target.timeFrom().isEmpty() ? range : TimeRange.until(range.to(), target.timeFrom());
    return repeated(target.repeatedBy(), Map.of())
        .flatMap(own -> questions(target, asked, own))
        .distinct()
        .toList();
  }

  private Stream<Question> questions(Target target, TimeRange asked, Map<String, Values> own) {
    Duration step = asked.step(target.points(), target.leastStep());
    Map<String, Values> all = new HashMap<>(values);
    all.putAll(own);
    all.putAll(builtIn(asked, step));
    String promql = filled(target.promql(), all);
    return Stream.of(
            Optional.of(new Question(target.place(), promql, asked, Duration.ZERO))
                .filter(question -> target.instant()),
            Optional.of(new Question(target.place(), promql, asked.aligned(step), step))
                .filter(question -> target.range()))
        .flatMap(Optional::stream);
  }

  private Stream<Map<String, Values>> repeated(List<String> variables, Map<String, Values> own) {
    if (variables.isEmpty()) {
      return Stream.of(own);
    }
    String name = variables.get(0);
    return value(values, name).values().stream()
        .flatMap(
            one -> {
              Map<String, Values> with = new HashMap<>(own);
              with.put(name, new Values(List.of(one), Optional.empty(), true));
              return repeated(variables.subList(1, variables.size()), with);
            });
  }

  private void choose(Variable variable) {
    List<String> found =
        variable.type().equals("query") ? asked(variable) : variable.fixedOptions();
    if (variable.type().equals("query")) {
      options.put(variable.name(), found);
    }
    boolean several = variable.isMulti() || variable.includesAll();
    values.put(variable.name(), chosen(variable, found, several));
  }

  private Values chosen(Variable variable, List<String> found, boolean several) {
    if (variable.includesAll()
        && (choice == Choice.ALL || !variable.isShown() || found.isEmpty())) {
      return new Values(found, variable.allValue(), true);
    }
    if (choice == Choice.TWO && variable.isMulti() && variable.isShown()) {
      return new Values(found.subList(0, Math.min(2, found.size())), Optional.empty(), true);
    }
    Optional<String> wanted =
        Optional.ofNullable(preferred.get(variable.name()))
            .filter(value -> choice == Choice.ONE && found.contains(value));
    String one =
        wanted
            .or(variable::current)
            .filter(found::contains)
            .orElse(found.isEmpty() ? "" : found.get(0));
    return new Values(List.of(one), Optional.empty(), several);
  }

  private List<String> asked(Variable variable) {
    Map<String, Values> all = new HashMap<>(values);
    all.putAll(builtIn(range, range.step(1000, SCRAPE_INTERVAL)));
    String query = filled(variable.query(), all);
    Matcher labelValues = LABEL_VALUES.matcher(query);
    Matcher queryResult = QUERY_RESULT.matcher(query);
    Stream<String> found;
    if (labelValues.matches()) {
      String match = labelValues.group("match");
      found =
          prometheus
              .labelValues(
                  labelValues.group("label"), Optional.ofNullable(match), range.from(), range.to())
              .stream();
    } else if (queryResult.matches()) {
      found =
          StreamSupport.stream(
                  prometheus.query(queryResult.group(1), range.to()).spliterator(), false)
              .map(Filling::text);
    } else {
      throw new IllegalArgumentException(
          "variable %s: neither label_values nor query_result: %s"
              .formatted(variable.name(), query));
    }
    return found.flatMap(variable::chosenBy).distinct().toList();
  }

  /** A result as Grafana offers it to a variable's regular expression. */
  private static String text(JsonNode sample) {
    Map<String, String> labels = new TreeMap<>();
    sample.path("metric").properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
    String name = labels.remove("__name__");
    return (name == null ? "" : name)
        + labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + label.getValue() + '"')
            .collect(Collectors.joining(",", "{", "}"))
        + " %s %d"
            .formatted(
                sample.path("value").path(1).asText(),
                (long) (sample.path("value").path(0).asDouble() * 1000));
  }

  private static Map<String, Values> builtIn(TimeRange range, Duration step) {
    long rate = Math.max(step.plus(SCRAPE_INTERVAL).toSeconds(), 4 * SCRAPE_INTERVAL.toSeconds());
    long length = range.length().toSeconds();
    return Map.of(
        "__interval", Values.of(step.toSeconds() + "s"),
        "__interval_ms", Values.of(String.valueOf(step.toMillis())),
        "__rate_interval", Values.of(rate + "s"),
        "__range", Values.of(length + "s"),
        "__range_s", Values.of(String.valueOf(length)),
        "__range_ms", Values.of(String.valueOf(1000 * length)),
        "__from", Values.of(String.valueOf(range.from().toEpochMilli())),
        "__to", Values.of(String.valueOf(range.to().toEpochMilli())));
  }

  private static String filled(String text, Map<String, Values> values) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> {
              String name =
                  Stream.of(1, 2, 4)
                      .map(match::group)
                      .filter(group -> group != null)
                      .findFirst()
                      .orElseThrow();
              // A group of label_replace.
              boolean isNumber = name.chars().allMatch(Character::isDigit);
              String format = match.group(3) == null ? "" : match.group(3);
              return Matcher.quoteReplacement(
                  isNumber ? match.group() : value(values, name).as(format));
            });
  }

  private static Values value(Map<String, Values> values, String name) {
    Values value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no variable $" + name + " before its first use");
    }
    return value;
  }
}
