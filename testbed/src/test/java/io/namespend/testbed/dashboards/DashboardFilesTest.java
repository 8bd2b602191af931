package io.namespend.testbed.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana would accept without a word, and people would not: half a dashboard. */
@Tag("rules")
class DashboardFilesTest {
  private static final List<Dashboard> ALL = Dashboard.in(Path.of("../dashboards"));

  /** Okabe and Ito's colours, grays, and those of Grafana's theme that have no hue. */
  private static final Pattern COLOR =
      Pattern.compile(
          "#(0072B2|E69F00|009E73|CC79A7|56B4E9|D55E00|F0E442|000000)|#(\\p{XDigit}{2})\\2\\2|text|transparent",
          Pattern.CASE_INSENSITIVE);

  /** Grafana shows any other text behind the figure as it is. */
  private static final Pattern UNIT =
      Pattern.compile(
          "short|none|sci|bool_yes_no|percentunit|percent|bytes|s|ms|h|d|dtdurations|dateTimeFromNow|dateTimeAsIso"
              + "|string|currency[A-Z]{3}|suffix:.+");

  /** How a series gets its colour: by its name, by value against thresholds, or fixed. */
  private static final Set<String> COLOR_MODES =
      Set.of("fixed", "thresholds", "palette-classic", "palette-classic-by-name");

  static List<Dashboard> dashboards() {
    return ALL;
  }

  @Test
  void everyDashboardHasItsNameAsUid() {
    assertThat(ALL).isNotEmpty();
    for (Dashboard dashboard : ALL) {
      assertThat(dashboard.file()).isEqualTo(dashboard.uid() + ".json");
      assertThat(dashboard.uid()).hasSizeBetween(8, 40);
    }
    assertThat(ALL.stream().map(dashboard -> dashboard.json().path("title").asText()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void itsHeadIsWhole(Dashboard dashboard) {
    JsonNode json = dashboard.json();

    assertThat(json.path("title").asText()).matches("Namespend / .+\\?");
    assertThat(json.path("description").asText()).endsWith(".").contains("UTC");
    assertThat(json.path("timezone").asText()).isEqualTo("utc");
    assertThat(json.path("tags").toString()).contains("\"namespend\"");
    assertThat(json.path("schemaVersion").asInt()).isEqualTo(39);
    assertThat(json.path("editable").asBoolean(true)).isFalse();
    assertThat(json.has("id")).isFalse();
    assertThat(json.has("__inputs")).isFalse();
    assertThat(dashboard.timeFrom()).startsWith("now");
    assertThat(json.path("time").path("to").asText()).isEqualTo("now");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void itHasTheNamesAndTypesThatGrafanaPublishes(Dashboard dashboard) {
    assertThat(new ClassicSchema().problems(dashboard.json())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void thresholdsRiseAndLettersOfQueriesAreTheirOwn(Dashboard dashboard) {
    for (JsonNode steps : dashboard.json().findValues("steps")) {
      assertThat(steps.path(0).path("value").isNull()).as(dashboard.uid()).isTrue();
      for (int i = 2; i < steps.size(); i++) {
        assertThat(steps.path(i).path("value").asDouble())
            .as(dashboard.uid())
            .isGreaterThan(steps.path(i - 1).path("value").asDouble());
      }
    }
    for (Panel panel : dashboard.panels()) {
      assertThat(panel.targets())
          .as(panel.place())
          .extracting(Target::refId)
          .doesNotHaveDuplicates()
          .doesNotContain("");
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelSaysWhatItShowsAndInWhichUnit(Dashboard dashboard) {
    List<String> titles = new ArrayList<>();
    for (Panel panel : dashboard.panels()) {
      titles.add(panel.title());
      assertThat(panel.title()).as(panel.place()).isNotBlank();
      assertThat(panel.json().path("description").asText())
          .as(panel.place())
          .endsWith(".")
          .hasSizeGreaterThan(20);
      if (!panel.type().equals("text")) {
        assertThat(panel.targets()).as(panel.place()).isNotEmpty();
        assertThat(panel.json().at("/fieldConfig/defaults/unit").asText())
            .as(panel.place())
            .matches(UNIT);
      }
      overrides(panel, "unit")
          .forEach(unit -> assertThat(unit.asText()).as(panel.place()).matches(UNIT));
    }
    assertThat(titles).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsStandSideBySideAndAtMostTwelveBeforeARow(Dashboard dashboard) {
    Set<Integer> ids = new HashSet<>();
    Set<String> taken = new HashSet<>();
    int sinceRow = 0;
    for (JsonNode panel : dashboard.json().path("panels")) {
      String place = dashboard.uid() + ": " + panel.path("title").asText();
      sinceRow = panel.path("type").asText().equals("row") ? 0 : sinceRow + 1;
      assertThat(sinceRow).as(place).isLessThanOrEqualTo(12);
      assertThat(ids.add(panel.path("id").asInt())).as(place + " has its own id").isTrue();
      JsonNode grid = panel.path("gridPos");
      for (int x = grid.path("x").asInt();
          x < grid.path("x").asInt() + grid.path("w").asInt();
          x++) {
        assertThat(x).as(place + " ends in the last column").isBetween(0, 23);
        for (int y = grid.path("y").asInt();
            y < grid.path("y").asInt() + grid.path("h").asInt();
            y++) {
          assertThat(taken.add(x + "," + y)).as(place + " is over another").isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everythingAsksTheDataSourceThatPeopleChoose(Dashboard dashboard) {
    List<Variable> variables = dashboard.variables();
    assertThat(variables.get(0).type()).isEqualTo("datasource");
    assertThat(variables.get(0).name()).isEqualTo("datasource");
    assertThat(variables.get(0).query()).isEqualTo("prometheus");
    assertThat(variables).extracting(Variable::name).contains("cluster").doesNotHaveDuplicates();
    for (Variable variable : variables) {
      assertThat(variable.json().path("label").asText()).as(variable.name()).isNotBlank();
      if (variable.type().equals("query")) {
        assertDatasource(variable.json(), "$" + variable.name());
        assertThat(variable.json().path("refresh").asInt()).as(variable.name()).isEqualTo(2);
      }
    }
    for (Panel panel : dashboard.panels()) {
      if (!panel.type().equals("text")) {
        assertDatasource(panel.json(), panel.place());
      }
      panel.json().path("targets").forEach(target -> assertDatasource(target, panel.place()));
    }
    dashboard
        .json()
        .at("/annotations/list")
        .forEach(annotation -> assertDatasource(annotation, annotation.path("name").asText()));
  }

  private static void assertDatasource(JsonNode asking, String place) {
    assertThat(asking.at("/datasource/type").asText()).as(place).isEqualTo("prometheus");
    assertThat(asking.at("/datasource/uid").asText()).as(place).isEqualTo("${datasource}");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyVariableIsUsed(Dashboard dashboard) {
    String text = dashboard.json().toString();

    for (Variable variable : dashboard.variables()) {
      assertThat(text).containsPattern("\\$\\{?" + variable.name() + "\\b");
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void linksLeadToDashboardsAndVariablesThatAreThere(Dashboard dashboard) {
    List<String> problems =
        Stream.concat(
                DashboardLinks.of(dashboard.json()).stream()
                    .flatMap(url -> DashboardLinks.problems(url, dashboard, ALL).stream()),
                DashboardLinks.lostColumns(dashboard).stream())
            .toList();

    assertThat(problems).isEmpty();
    for (JsonNode link : dashboard.json().path("links")) {
      assertThat(link.path("type").asText()).isEqualTo("dashboards");
      assertThat(link.at("/tags/0").asText()).isEqualTo("namespend");
      assertThat(link.path("keepTime").asBoolean()).isTrue();
      assertThat(link.path("includeVars").asBoolean()).isTrue();
    }
  }

  @Test
  void aLinkToNowhereIsFound() {
    Dashboard overview =
        ALL.stream().filter(d -> d.uid().equals("namespend-overview")).findFirst().orElseThrow();

    assertThat(
            DashboardLinks.problems(
                "/d/namespend-team?var-teem=x&${nobody:queryparam}", overview, ALL))
        .containsExactlyInAnyOrder(
            "no variable teem there: /d/namespend-team?var-teem=x&${nobody:queryparam}",
            "no variable nobody there: /d/namespend-team?var-teem=x&${nobody:queryparam}",
            "no variable nobody here: /d/namespend-team?var-teem=x&${nobody:queryparam}",
            "loses the time range: /d/namespend-team?var-teem=x&${nobody:queryparam}",
            "loses the data source: /d/namespend-team?var-teem=x&${nobody:queryparam}",
            "loses the cluster: /d/namespend-team?var-teem=x&${nobody:queryparam}");
    assertThat(DashboardLinks.problems("/d/namespend-nowhere?x", overview, ALL))
        .contains("there is no dashboard namespend-nowhere: /d/namespend-nowhere?x");
  }

  @Test
  void everyDashboardIsLinkedToFromAnother() {
    Set<String> linked = new HashSet<>(Set.of("namespend-overview"));
    for (Dashboard dashboard : ALL) {
      for (JsonNode link : dashboard.json().path("links")) {
        if (link.path("type").asText().equals("dashboards")) {
          ALL.forEach(other -> linked.add(other.uid()));
        }
      }
    }
    assertThat(ALL).extracting(Dashboard::uid).allMatch(linked::contains);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void colorsAreTheOnesThatEveryoneCanTellApart(Dashboard dashboard) {
    for (String field : List.of("fixedColor", "iconColor")) {
      for (String color : dashboard.json().findValuesAsText(field)) {
        assertThat(color).as(dashboard.uid()).matches(COLOR);
      }
    }
    for (JsonNode color : dashboard.json().findValues("color")) {
      if (color.isTextual()) {
        assertThat(color.asText()).as(dashboard.uid()).matches(COLOR);
      } else {
        assertThat(color.path("mode").asText()).as(dashboard.uid()).isIn(COLOR_MODES);
      }
    }
  }

  private static Stream<JsonNode> overrides(Panel panel, String property) {
    return StreamSupport.stream(panel.json().at("/fieldConfig/overrides").spliterator(), false)
        .flatMap(override -> StreamSupport.stream(override.path("properties").spliterator(), false))
        .filter(set -> set.path("id").asText().equals(property))
        .map(set -> set.path("value"));
  }
}
