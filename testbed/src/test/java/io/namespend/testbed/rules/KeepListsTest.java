package io.namespend.testbed.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The remote-write lists of docs/multi-cluster.md keep what is read on the other side. */
class KeepListsTest {
  private static final Pattern RECORDED = Pattern.compile("\\b[a-z_]+:[a-z_]+:[a-z0-9_]+");
  private static final Pattern SCRAPED =
      Pattern.compile("\\b(namespend|node|kubecost|shared|external|container)_[a-z_]+(?![a-z_:])");

  @Test
  void recordedSeriesThatDashboardsAndTheReporterRead() throws IOException {
    Set<String> read = new TreeSet<>();
    read.addAll(names(RECORDED, Path.of("../dashboards"), ".json"));
    read.addAll(names(RECORDED, Path.of("../reporter/src/main/java"), ".java"));

    assertThat(read).hasSizeGreaterThan(5).allMatch(keepList("recorded").asMatchPredicate());
  }

  @Test
  void scrapedSeriesThatTheRulesRead() {
    Set<String> recorded =
        new RuleManifests(Path.of("../alert-rules"))
            .recordingRules().stream().map(Rule::name).collect(Collectors.toSet());
    Set<String> read =
        new RuleManifests(Path.of("../alert-rules"))
            .recordingRules().stream()
                .flatMap(
                    rule -> names(SCRAPED, rule.expression().replaceAll("\"[^\"]*\"", "")).stream())
                .filter(name -> !recorded.contains(name))
                // Labels.
                .filter(name -> !Set.of("node_group", "external_service").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

    assertThat(read).hasSizeGreaterThan(15).allMatch(keepList("raw").asMatchPredicate());
  }

  /** The regex of the example that begins with this comment. */
  private static Pattern keepList(String title) {
    String page = read(Path.of("../docs/multi-cluster.md"));
    String example = page.substring(page.indexOf("# keep: " + title));
    return Pattern.compile(
        Pattern.compile("regex: \"(.+)\"")
            .matcher(example)
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow());
  }

  private static Set<String> names(Pattern pattern, Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .flatMap(file -> names(pattern, read(file)).stream())
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
