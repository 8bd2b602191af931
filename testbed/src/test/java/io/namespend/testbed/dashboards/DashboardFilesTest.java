package io.namespend.testbed.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
              + "|string|currency[A-Z]{3}|suffix:.+|time:.+");

  /** How a series gets its colour: by its name, by value against thresholds, or fixed. */
  private static final Set<String> COLOR_MODES =
      Set.of("fixed", "thresholds", "palette-classic", "palette-classic-by-name");

  /** What an amount of money is of. */
  private static final Pattern PERIOD =
      Pattern.compile(
          "\\b(time range|hour|hours|hourly|day|daily|week|month|monthly)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FIELD_LABEL = Pattern.compile("\\$\\{__field\\.labels\\.(\\w+)");

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

  @ParameterizedTest
  @MethodSource("dashboards")
  void whatIsMissingIsNeitherGoodNorBadAndSaysWhy(Dashboard dashboard) {
    for (JsonNode steps : dashboard.json().findValues("steps")) {
      assertThat(steps.at("/0/color").asText()).as(dashboard.uid()).isEqualTo("text");
    }
    for (Panel panel : dashboard.panels()) {
      if (panel.type().equals("stat")) {
        assertThat(panel.json().at("/fieldConfig/defaults/noValue").asText())
            .as(panel.place())
            .hasSizeGreaterThan(3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theFirstRowIsFourToSixFiguresOfOneSize(Dashboard dashboard) {
    List<JsonNode> first =
        StreamSupport.stream(dashboard.json().path("panels").spliterator(), false)
            .map(panel -> panel.path("gridPos"))
            .filter(grid -> grid.path("y").asInt() == 0)
            .toList();

    assertThat(first).hasSizeBetween(4, 6);
    assertThat(first.stream().map(grid -> grid.path("w") + "x" + grid.path("h")).distinct())
        .hasSize(1);
  }

  /** Of the README's table: who, question, dashboard, panels. */
  @Test
  void twentyFiveQuestionsHavePanelsThatAnswer() throws IOException {
    List<String[]> questions =
        Files.readAllLines(Path.of("../dashboards/README.md")).stream()
            .map(line -> line.split("\\|", -1))
            .filter(cells -> cells.length == 6 && cells[2].strip().endsWith("?"))
            .toList();
    Set<String> titles =
        ALL.stream()
            .flatMap(dashboard -> dashboard.panels().stream())
            .map(Panel::title)
            .collect(Collectors.toSet());

    assertThat(questions).hasSize(25);
    for (String[] cells : questions) {
      String uid = "namespend-" + cells[3].strip().split(",", 2)[0];
      assertThat(ALL).extracting(Dashboard::uid).contains(uid);
      for (String panel : cells[4].split(";", -1)) {
        assertThat(titles).as(cells[2]).contains(panel.strip().replaceFirst(", with .*", ""));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void barsOfSharesEndAtOne(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      assertThat(panel.type()).as(panel.place()).isNotIn("bargauge", "gauge");
      for (JsonNode override : panel.json().at("/fieldConfig/overrides")) {
        if (value(override, "custom.cellOptions").path("type").asText().equals("gauge")) {
          assertThat(value(override, "min").asDouble(-1)).as(panel.place()).isZero();
          assertThat(value(override, "max").asDouble(-1)).as(panel.place()).isEqualTo(1);
          assertThat(value(override, "unit").asText()).as(panel.place()).isEqualTo("percentunit");
          assertThat(value(override, "custom.cellOptions").path("valueDisplayMode").asText())
              .as(panel.place())
              .isEqualTo("text");
        }
      }
    }
  }

  /** With Grafana's bars over time, half of a day's bar told of the day after. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void aBarIsItsDay(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      assertThat(panel.json().at("/fieldConfig/defaults/custom/drawStyle").asText())
          .as(panel.place())
          .isNotEqualTo("bars");
      if (panel.type().equals("barchart")) {
        assertThat(panel.json().at("/options/xField").asText()).isEqualTo("Time");
        assertThat(panel.json().path("interval").asText()).isEqualTo("1d");
        assertThat(panel.json().at("/options/tooltip/mode").asText()).isEqualTo("multi");
        assertThat(panel.json().at("/options/tooltip/sort").asText()).isEqualTo("desc");
        assertThat(value(override(panel, "Time"), "unit").asText()).startsWith("time:");
        JsonNode hidden = value(override(panel, "total"), "custom.hideFrom");
        assertThat(hidden.path("viz").asBoolean()).as(panel.place()).isTrue();
        assertThat(hidden.path("tooltip").asBoolean(true)).as(panel.place()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void moneySaysItsPeriod(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      boolean isMoney =
          panel.targets().stream().anyMatch(target -> target.refId().equals("currency"));
      if (isMoney && !PERIOD.matcher(panel.title()).find()) {
        assertThat(amounts(panel))
            .as("%s: its title says no period, so its amounts have to", panel.place())
            .isNotEmpty()
            .allMatch(name -> PERIOD.matcher(name).find());
      }
    }
  }

  /** Names of figures that have no unit of their own, so that they are money. */
  private static List<String> amounts(Panel panel) {
    JsonNode names =
        StreamSupport.stream(panel.json().path("transformations").spliterator(), false)
            .map(step -> step.at("/options/renameByName"))
            .filter(JsonNode::isObject)
            .findFirst()
            .orElse(panel.json().path("none"));
    return StreamSupport.stream(panel.json().path("targets").spliterator(), false)
        .filter(target -> !target.path("refId").asText().equals("currency"))
        .map(
            target ->
                names
                    .path("Value #" + target.path("refId").asText())
                    .asText(target.path("legendFormat").asText()))
        .filter(name -> value(override(panel, name), "unit").isMissingNode())
        .toList();
  }

  /** A bar of all others is of no namespace. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void aLinkByLabelIsOfSeriesThatHaveIt(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      assertThat(panel.json().at("/fieldConfig/defaults/links").toString())
          .as(panel.place())
          .doesNotContainPattern(FIELD_LABEL);
      for (JsonNode override : panel.json().at("/fieldConfig/overrides")) {
        FIELD_LABEL
            .matcher(value(override, "links").toString())
            .results()
            .forEach(
                label -> {
                  assertThat(override.at("/matcher/id").asText()).isEqualTo("byFrameRefID");
                  assertThat(
                          panel.json().path("targets").findParents("refId").stream()
                              .filter(
                                  target ->
                                      target.path("refId").equals(override.at("/matcher/options")))
                              .map(target -> target.path("legendFormat").asText()))
                      .as(panel.place())
                      .allMatch(legend -> legend.contains("{{" + label.group(1) + "}}"))
                      .isNotEmpty();
                });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void noChangeIsShownAgainstASpanThatIsPartlyMissing(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      for (Target target : panel.targets()) {
        if (target.promql().contains("offset $__range")) {
          assertThat(target.promql()).as(target.place()).contains("threshold=\"comparable\"");
        }
      }
    }
  }

  private static JsonNode override(Panel panel, String name) {
    for (JsonNode override : panel.json().at("/fieldConfig/overrides")) {
      if (override.at("/matcher/id").asText().equals("byName")
          && override.at("/matcher/options").asText().equals(name)) {
        return override;
      }
    }
    return panel.json().path("no override of " + name);
  }

  private static JsonNode value(JsonNode override, String property) {
    for (JsonNode set : override.path("properties")) {
      if (set.path("id").asText().equals(property)) {
        return set.path("value");
      }
    }
    return override.path("no property " + property);
  }

  private static Stream<JsonNode> overrides(Panel panel, String property) {
    return StreamSupport.stream(panel.json().at("/fieldConfig/overrides").spliterator(), false)
        .flatMap(override -> StreamSupport.stream(override.path("properties").spliterator(), false))
        .filter(set -> set.path("id").asText().equals(property))
        .map(set -> set.path("value"));
  }
}
