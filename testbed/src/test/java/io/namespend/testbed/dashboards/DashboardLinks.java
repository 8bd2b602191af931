package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Links to dashboards: where they lead, and what they take along. */
public final class DashboardLinks {
  private static final Pattern DASHBOARD = Pattern.compile("/d/([\\w-]+)(\\?[^\\s)\"]*)?");
  private static final Pattern SET = Pattern.compile("[?&]var-(\\w+)=");
  private static final Pattern KEPT = Pattern.compile("\\$\\{(\\w+):queryparam}");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{?(\\w+)");
  private static final Pattern COLUMN =
      Pattern.compile("\\$\\{__data\\.fields(?:\\.([^:}\\[]+)|\\[\"?([^\"\\]]+)\"?])");

  private DashboardLinks() {}

  /** All that stand anywhere in it. */
  static List<String> of(JsonNode json) {
    List<String> links = new ArrayList<>();
    if (json.isTextual()) {
      DASHBOARD.matcher(json.asText()).results().forEach(match -> links.add(match.group()));
    }
    json.forEach(part -> links.addAll(of(part)));
    return links;
  }

  /**
   * What is wrong with a link.
   *
   * @param from where it stands
   */
  static List<String> problems(String url, Dashboard from, List<Dashboard> all) {
    List<String> problems = new ArrayList<>(problems(url, all));
    Set<String> own = names(from);
    REFERENCE
        .matcher(url)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !name.startsWith("__") && !own.contains(name))
        .forEach(name -> problems.add("no variable %s here: %s".formatted(name, url)));
    if (!url.contains("${__url_time_range}")) {
      problems.add("loses the time range: " + url);
    }
    if (!url.contains("${datasource:queryparam}")) {
      problems.add("loses the data source: " + url);
    }
    if (!url.contains("cluster")) {
      problems.add("loses the cluster: " + url);
    }
    return problems;
  }

  /** What is wrong with a link that does not stand in a dashboard. */
  public static List<String> problems(String url, List<Dashboard> all) {
    List<String> problems = new ArrayList<>();
    Matcher link = DASHBOARD.matcher(url);
    if (!link.find()) {
      return List.of("no link to a dashboard: " + url);
    }
    Optional<Dashboard> target =
        all.stream().filter(dashboard -> dashboard.uid().equals(link.group(1))).findFirst();
    if (target.isEmpty()) {
      return List.of("there is no dashboard " + link.group(1) + ": " + url);
    }
    Set<String> there = names(target.get());
    for (Pattern variables : List.of(SET, KEPT)) {
      variables
          .matcher(url)
          .results()
          .map(match -> match.group(1))
          .filter(name -> !there.contains(name))
          .forEach(name -> problems.add("no variable %s there: %s".formatted(name, url)));
    }
    return problems;
  }

  /** Columns that links of tables take values from, and that the tables do not have. */
  static List<String> lostColumns(Dashboard dashboard) {
    List<String> lost = new ArrayList<>();
    for (Panel panel : dashboard.panels()) {
      if (panel.type().equals("table")) {
        Set<String> columns =
            StreamSupport.stream(panel.json().path("transformations").spliterator(), false)
                .flatMap(step -> step.at("/options/renameByName").properties().stream())
                .map(renamed -> renamed.getValue().asText())
                .collect(Collectors.toSet());
        COLUMN
            .matcher(panel.json().toString().replace("\\\"", "\""))
            .results()
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .filter(column -> !columns.contains(column))
            .forEach(column -> lost.add(panel.place() + " has no column " + column));
      }
    }
    return lost;
  }

  private static Set<String> names(Dashboard dashboard) {
    return dashboard.variables().stream().map(Variable::name).collect(Collectors.toSet());
  }
}
