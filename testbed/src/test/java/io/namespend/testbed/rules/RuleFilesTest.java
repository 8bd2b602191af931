package io.namespend.testbed.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PrometheusRule manifests as shipped, through the real promtool. */
@Tag("rules")
class RuleFilesTest {
  private static final Path RULES = Path.of("../alert-rules");

  @TempDir private Path folder;

  static List<Path> ruleTests() throws IOException {
    try (Stream<Path> files = Files.list(RULES.resolve("tests"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("ruleTests")
  void rulesDoWhatTheirTestsSay(Path test) throws IOException {
    RuleManifests.withOptional(RULES).writeRuleFiles(folder);
    Path copy = Files.copy(test, folder.resolve(test.getFileName()));

    promtool().testRules(copy);
  }

  @Test
  void rulesAreValid() {
    List<Path> files = RuleManifests.withOptional(RULES).writeRuleFiles(folder);

    promtool().checkRules(files);
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

    promtool().checkRules(List.of(together));
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

  private Promtool promtool() {
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH"));
    return new Promtool(tools, folder.resolve("promtool.log"));
  }
}
