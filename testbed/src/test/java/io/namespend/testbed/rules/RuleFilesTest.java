package io.namespend.testbed.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The PrometheusRule manifests as shipped, through the real promtool. */
@Tag("rules")
class RuleFilesTest {
  private static final Path RULES = Path.of("../alert-rules");

  /** A range in brackets, or the range and the step of a subquery. */
  private static final Pattern RANGE = Pattern.compile("\\[ *(\\d[\\da-z]*) *(?::[^\\]]*)?]");

  @TempDir private Path folder;

  static List<Path> ruleTests() throws IOException {
    try (Stream<Path> files = Files.list(RULES.resolve("tests"))) {
      return files.sorted().toList();
    }
  }

  /** Rules must mean the same to Prometheus 2 and 3: the one on the PATH, and that of ./check. */
  static List<Named<Tools>> versions() {
    String second = System.getenv("PROMETHEUS3");
    Optional<Tools> prometheus3 =
        Tools.in(Path.of(second == null ? "../.tools/prometheus3" : second));
    if (second != null && prometheus3.isEmpty()) {
      throw new AssertionError("PROMETHEUS3=" + second + " has no prometheus and promtool");
    }
    return Stream.concat(Stream.of(onPath()), prometheus3.stream())
        .distinct()
        .map(tools -> Named.of(tools.promtool().toString(), tools))
        .toList();
  }

  static List<Arguments> ruleTestsOfVersions() throws IOException {
    List<Path> tests = ruleTests();
    return versions().stream()
        .flatMap(tools -> tests.stream().map(test -> Arguments.of(tools, test)))
        .toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ruleTestsOfVersions")
  void rulesDoWhatTheirTestsSay(Tools tools, Path test) throws IOException {
    RuleManifests.withOptional(RULES).writeRuleFiles(folder);
    Path copy = Files.copy(test, folder.resolve(test.getFileName()));

    promtool(tools).testRules(copy);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("versions")
  void rulesAreValid(Tools tools) {
    List<Path> files = RuleManifests.withOptional(RULES).writeRuleFiles(folder);

    promtool(tools).checkRules(files);
  }

  /**
   * Samples are a whole number of minutes older than the moment that asks, and a range of
   * Prometheus 2 includes its left end where one of 3 does not. Ranges that end a second short of
   * whole minutes, those of subqueries too, hold the same samples.
   */
  @Test
  void rangesHoldTheSameSamplesInPrometheus2And3() {
    RuleManifests manifests = RuleManifests.withOptional(RULES);
    List<String> whole =
        Stream.concat(manifests.recordingRules().stream(), manifests.alerts().stream())
            .flatMap(
                rule ->
                    ranges(rule.body().toString()).stream()
                        .filter(range -> !range.endsWith("59s"))
                        .map(range -> rule.name() + " of " + rule.file() + ": " + range))
            .toList();

    assertThat(whole).isEmpty();
  }

  @Test
  void rangesAreFoundInExpressionsAndInTextsOfAlerts() {
    assertThat(
            ranges(
                "rate(a{b=~\"[0-9]\"}[5m]) + sum_over_time(c[ 1h : 5m ]) offset 1d + c[300] +"
                    + " d[1h30m] {{ query \"last_over_time(e[9m59s] offset 5m)\" }}"))
        .containsExactly("5m", "1h", "300", "1h30m", "9m59s");
  }

  private static List<String> ranges(String promql) {
    return RANGE.matcher(promql).results().map(range -> range.group(1)).toList();
  }

  static List<String> optionalFiles() {
    return RuleManifests.withOptional(RULES).optionalFiles();
  }

  /** In one file, because promtool looks for duplicates within a file only. */
  @ParameterizedTest
  @MethodSource("optionalFiles")
  void anOptionalFileRepeatsNothingOfTheBase(String file) {
    Path together =
        RuleManifests.withOptional(RULES).writeTogether(file, folder.resolve("together.yaml"));

    promtool(onPath()).checkRules(List.of(together));
  }

  @Test
  void optionalFilesAreOffUntilChosen() {
    assertThat(optionalFiles()).contains("drivers/ingress-nginx.yaml");
    assertThat(new RuleManifests(RULES).optionalFiles()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("optionalFiles")
  void anOptionalFileHasATestOfItsOwnForEverySeries(String file) throws IOException {
    Path test =
        RULES.resolve("tests").resolve(file.replace('/', '-').replace(".yaml", "-test.yaml"));
    assertThat(test).exists();
    String tested =
        Files.readString(test)
            .lines()
            .filter(line -> line.contains("expr: "))
            .collect(Collectors.joining(" "));

    assertThat(test).content().contains(file);
    assertThat(rulesOf(file))
        .extracting(Rule::name)
        .allSatisfy(name -> assertThat(tested).containsPattern("\\b" + name + "\\b"));
  }

  /** A sample must outlive an evaluation that was late: queries look back 5 minutes. */
  @ParameterizedTest
  @MethodSource("optionalFiles")
  void anOptionalFileIsEvaluatedOftenEnough(String file) {
    assertThat(rulesOf(file)).extracting(Rule::interval).allMatch(time -> time.matches("[1-4]m"));
  }

  private static List<Rule> rulesOf(String file) {
    return RuleManifests.withOptional(RULES).recordingRules().stream()
        .filter(rule -> rule.file().equals(file))
        .toList();
  }

  @Test
  void everyRecordedSeriesHasATest() throws IOException {
    StringBuilder tests = new StringBuilder();
    for (Path test : ruleTests()) {
      tests.append(Files.readString(test));
    }
    Set<String> untested =
        new RuleManifests(RULES)
            .recordingRules().stream()
                .map(Rule::name)
                .filter(
                    name ->
                        Stream.of("expr: ", "expr: round(")
                            .noneMatch(start -> tests.toString().contains(start + name)))
                .collect(Collectors.toCollection(TreeSet::new));

    assertThat(untested).isEmpty();
  }

  /** Promtool only warns of a rule file that is not there, and then passes. */
  @Test
  void everyTestReadsRuleFilesThatExist() throws IOException {
    for (Path test : ruleTests()) {
      String list =
          Files.readString(test)
              .lines()
              .filter(line -> line.startsWith("rule_files:"))
              .collect(Collectors.joining());
      String[] files = list.replaceAll("rule_files: *\\[|]", "").split(", *");
      assertThat(files).as(test.toString()).isNotEmpty();
      assertThat(files).allSatisfy(file -> assertThat(RULES.resolve(file)).exists());
    }
  }

  @Test
  void groupsRespectTheLimitsOfMimir() {
    RuleManifests manifests = RuleManifests.withOptional(RULES);
    var rulesOfGroup =
        Stream.concat(manifests.recordingRules().stream(), manifests.alerts().stream())
            .collect(Collectors.groupingBy(Rule::group));

    assertThat(rulesOfGroup).allSatisfy((group, rules) -> assertThat(rules).hasSizeLessThan(21));
  }

  private static Tools onPath() {
    return Tools.find().orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH"));
  }

  private Promtool promtool(Tools tools) {
    return new Promtool(tools, folder.resolve("promtool.log"));
  }
}
