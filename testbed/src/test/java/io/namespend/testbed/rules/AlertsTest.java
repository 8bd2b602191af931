package io.namespend.testbed.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts as shipped: what each must say, and that its runbook and its tests are there. */
@Tag("rules")
class AlertsTest {
  private static final Path RULES = Path.of("../alert-rules");
  private static final Pattern DASHBOARD = Pattern.compile("/d/([a-z-]+)\\?");
  private static final Pattern VARIABLE = Pattern.compile("&var-(\\w+)=");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (Namespend\\w+)$");

  static List<Rule> alerts() {
    return new RuleManifests(RULES).alerts();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void saysHowBadItIsAndWhatItIsAbout(Rule alert) {
    JsonNode labels = alert.body().path("labels");
    JsonNode annotations = alert.body().path("annotations");

    assertThat(alert.name()).startsWith("Namespend");
    assertThat(labels.path("severity").asText()).isIn("critical", "warning", "info");
    assertThat(labels.path("topic").asText()).isIn("budget", "anomaly", "guard", "trust");
    assertThat(annotations.path("summary").asText())
        .endsWith(".")
        .doesNotContain("{{")
        .hasSizeLessThan(80);
    assertThat(annotations.path("description").asText()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void linksToItsRunbookAndToADashboardThatKnowsTheVariables(Rule alert) throws IOException {
    JsonNode annotations = alert.body().path("annotations");
    String dashboard = annotations.path("dashboard_url").asText();

    assertThat(annotations.path("runbook_url").asText())
        .endsWith("#" + alert.name().toLowerCase(Locale.ROOT));
    String uid =
        DASHBOARD.matcher(dashboard).results().map(match -> match.group(1)).findFirst().orElse("");
    Path file = Path.of("../dashboards", uid + ".json");
    assertThat(file).exists();
    Set<String> known =
        new ObjectMapper()
                .readTree(file.toFile())
                .path("templating")
                .path("list")
                .findValuesAsText("name")
                .stream()
                .collect(Collectors.toSet());
    assertThat(known)
        .containsAll(VARIABLE.matcher(dashboard).results().map(match -> match.group(1)).toList());
    assertThat(dashboard).containsPattern("\\?from=now(-\\d+[hd]|%2FM)&to=now");
  }

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    Set<String> sections =
        SECTION
            .matcher(Files.readString(Path.of("../docs/runbooks.md")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(sections)
        .isEqualTo(
            alerts().stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyAlertIsTestedFiringAndSilent() throws IOException {
    Set<String> firing = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    try (Stream<Path> files = Files.list(RULES.resolve("tests"))) {
      for (Path file : files.toList()) {
        for (JsonNode test :
            new ObjectMapper(new YAMLFactory()).readTree(file.toFile()).path("tests")) {
          for (JsonNode check : test.path("alert_rule_test")) {
            (check.path("exp_alerts").isEmpty() ? silent : firing)
                .add(check.path("alertname").asText());
          }
        }
      }
    }
    Set<String> alerts =
        alerts().stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));

    assertThat(firing).isEqualTo(alerts);
    assertThat(silent).isEqualTo(alerts);
  }

  /** An alert that joins with a threshold that nobody records is silent for ever. */
  @Test
  void everyThresholdThatIsReadIsThere() {
    Set<String> recorded =
        new RuleManifests(RULES)
            .recordingRules().stream()
                .filter(rule -> rule.name().equals("namespend:threshold:max"))
                .map(rule -> rule.body().path("labels").path("threshold").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    Set<String> read =
        alerts().stream()
            .flatMap(
                alert ->
                    Pattern.compile("namespend:threshold:max\\{(?:job=\"\", )?threshold=\"(\\w+)\"")
                        .matcher(alert.expression())
                        .results())
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(read).isEqualTo(recorded);
    assertThat(
            alerts().stream()
                .filter(alert -> alert.name().equals("NamespendSettingsMissing"))
                .map(Rule::expression))
        .singleElement()
        .asString()
        .contains("< " + recorded.size());
  }
}
