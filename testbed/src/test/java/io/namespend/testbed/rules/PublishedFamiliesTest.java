package io.namespend.testbed.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every family that the calculation reads of the exporter has a sum that it is held against. */
class PublishedFamiliesTest {
  private static final Path EXPORTER =
      Path.of("../exporter/src/main/java/io/namespend/exporter/exposition/PublishedSums.java");
  private static final Set<String> CALCULATION =
      Set.of(
          "10-usage.yaml",
          "20-cost.yaml",
          "22-node-groups.yaml",
          "25-workloads.yaml",
          "30-totals.yaml");
  private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{job=~\"\\(namespend\\.\\*\\)");

  /** These decide which exporter speaks. */
  private static final Pattern CHOICE =
      Pattern.compile("namespend_(cluster_sync|config_reload|honor_labels)_\\w+");

  @Test
  void areThoseThatTheCalculationReads() {
    Set<String> read =
        new RuleManifests(Path.of("../alert-rules"))
            .recordingRules().stream()
                .filter(rule -> CALCULATION.contains(rule.file()))
                .flatMap(rule -> SELECTOR.matcher(rule.expression()).results())
                .map(selector -> selector.group(1))
                .filter(CHOICE.asMatchPredicate().negate())
                .collect(Collectors.toCollection(TreeSet::new));

    assertThat(compared()).isEqualTo(read).hasSizeGreaterThan(20);
  }

  @Test
  void areThoseThatTheExporterAddsUp() throws IOException {
    Set<String> added =
        Pattern.compile("entry\\(\"(\\w+)\"")
            .matcher(Files.readString(EXPORTER))
            .results()
            .map(entry -> entry.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> compared = new TreeSet<>();
    compared().forEach(family -> compared.add(family.replaceAll("_info$", "")));
    assertThat(compared).isEqualTo(added);
  }

  private static Set<String> compared() {
    return new RuleManifests(Path.of("../alert-rules"))
        .recordingRules().stream()
            .filter(rule -> rule.name().equals("cluster_family:input:sum"))
            .flatMap(
                rule ->
                    Pattern.compile("\"family\", \"(\\w+)\"").matcher(rule.expression()).results())
            .map(family -> family.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
