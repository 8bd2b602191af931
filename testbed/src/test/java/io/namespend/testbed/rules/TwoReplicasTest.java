package io.namespend.testbed.rules;

import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every test of the rules once more, with each series of the exporter twice, as two replicas give
 * it: the figures must be the same.
 */
@Tag("rules")
@Tag("prometheus")
class TwoReplicasTest {
  private static final Path RULES = Path.of("../alert-rules");

  /**
   * The first asks what the dashboards of OpenCost ask, which join one to one: docs/install.md says
   * that they need one replica. The others have replicas of their own, which differ, and alerts
   * that look at each.
   */
  private static final Set<String> OWN_REPLICAS =
      Set.of(
          "inputs-test.yaml",
          "optional-opencost-series-test.yaml",
          "witnesses-test.yaml",
          "trust-alerts-test.yaml");

  /** A line of input_series that comes from the exporter; the bytes of pods do not. */
  private static final Pattern EXPORTED =
      Pattern.compile(
          "(?m)^( *- \\{series:"
              + " ')((?!kubecost_pod_)(?:namespend|node|pv|kubecost|shared_service|external_service)"
              + "_\\w+)(?:\\{([^}]*)})?('.*)$");

  @TempDir private Path folder;

  static List<Path> testsOfTheExportersSeries() throws IOException {
    List<Path> tests = new ArrayList<>();
    for (Path test : RuleFilesTest.ruleTests()) {
      if (!OWN_REPLICAS.contains(test.getFileName().toString())
          && EXPORTED.matcher(Files.readString(test)).find()) {
        tests.add(test);
      }
    }
    return tests;
  }

  @ParameterizedTest
  @MethodSource("testsOfTheExportersSeries")
  void rulesGiveTheSameFigures(Path test) throws IOException {
    RuleManifests.withOptional(RULES).writeRuleFiles(folder);
    Matcher series = EXPORTED.matcher(Files.readString(test));
    String text =
        series.replaceAll(
            line ->
                Matcher.quoteReplacement(
                    line.group(1)
                        + of("1", line)
                        + line.group(4)
                        + "\n"
                        + line.group(1)
                        + of("2", line)
                        + line.group(4)));
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH"));

    new Promtool(tools, folder.resolve("promtool.log"))
        .testRules(Files.writeString(folder.resolve(test.getFileName()), text));
  }

  /** With a label of the scrape's target, which no series of the exporter has itself. */
  private static String of(String replica, MatchResult line) {
    String labels = line.group(3) == null || line.group(3).isBlank() ? "" : line.group(3) + ", ";
    return line.group(2) + "{" + labels + "replica=\"" + replica + "\"}";
  }
}
