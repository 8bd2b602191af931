package io.namespend.testbed.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.reporter.prometheus.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The queries of the dashboards, with their variables filled as Grafana fills them: All. */
final class Dashboards {
  /** Where a query stands, and what Prometheus is asked. */
  record Query(String place, String promql) {}

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), *\\w+\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)(?::\\w+)?}?");
  private static final Pattern QUERY_RESULT = Pattern.compile("query_result\\((.+)\\)");

  private final Function<String, List<Sample>> prometheus;
  private final String range;
  private final Map<String, String> values = new HashMap<>();
  private final List<Query> queries = new ArrayList<>();

  /**
   * @param prometheus answers the queries of variables whose values are computed
   */
  Dashboards(Function<String, List<Sample>> prometheus) {
    this(prometheus, "1h");
  }

  /**
   * @param range the time that a dashboard shows, such as 7d
   */
  Dashboards(Function<String, List<Sample>> prometheus, String range) {
    this.prometheus = prometheus;
    this.range = range;
  }

  List<Query> queries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
        String name = file.getFileName().toString();
        dashboard.path("templating").path("list").forEach(variable -> addVariable(name, variable));
        addPanels(name, dashboard.path("panels"));
      }
    }
    return queries;
  }

  private void addVariable(String dashboard, JsonNode variable) {
    if (!variable.path("type").asText().equals("query")) {
      return;
    }
    String name = variable.path("name").asText();
    String definition =
        variable.path("query").isTextual()
            ? variable.path("query").asText()
            : variable.path("query").path("query").asText();
    String promql =
        filled(
            LABEL_VALUES
                .matcher(QUERY_RESULT.matcher(definition).replaceAll("$1"))
                .replaceAll("$1"));
    queries.add(new Query(dashboard + " $" + name, promql));
    if (QUERY_RESULT.matcher(definition).matches()) {
      values.put(
          name,
          prometheus.apply(promql).stream()
              .flatMap(sample -> sample.labels().values().stream())
              .collect(Collectors.joining("|")));
    }
  }

  private void addPanels(String dashboard, JsonNode panels) {
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        String place = dashboard + ": " + panel.path("title").asText();
        queries.add(new Query(place, filled(target.path("expr").asText())));
      }
      addPanels(dashboard, panel.path("panels"));
    }
  }

  private String filled(String promql) {
    return VARIABLE
        .matcher(
            promql
                .replaceAll("\\$\\{?(__interval|__rate_interval)}?", "1h")
                .replaceAll("\\$\\{?__range}?", range))
        .replaceAll(match -> values.getOrDefault(match.group(1), ".*"));
  }
}
