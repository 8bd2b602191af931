package io.namespend.testbed.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.testbed.policies.PolicyFiles.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the policies do, through the real Kyverno; skipped where there is none. */
@Tag("rules")
class KyvernoTest {
  private static final Pattern TEST = Pattern.compile("^Loading test .* \\( (.*) \\) \\.\\.\\.$");
  private static final Pattern SNIPPET = Pattern.compile("Use, for example, (.*?)(;.*)?$");

  /** What Kyverno said, by policy, as flavour and name. */
  private static final Map<String, List<JsonNode>> ROWS = new HashMap<>();

  static List<Policy> policies() {
    return PolicyFiles.installed();
  }

  @BeforeAll
  static void runAll() throws IOException {
    Program.Result result =
        Program.kyverno()
            .run("test", "kyverno-policies", "-o", "json", "--detailed-results", "--remove-color");
    String test = "";
    StringBuilder json = new StringBuilder();
    for (String line : result.output().lines().toList()) {
      Matcher start = TEST.matcher(line);
      if (start.matches()) {
        Path folder = Path.of(start.group(1)).getParent();
        test = folder.getFileName() + " " + folder.getParent().getParent().getFileName();
      } else if (line.equals("[") || !json.isEmpty()) {
        json.append(line).append('\n');
        if (line.equals("]")) {
          List<JsonNode> rows = new ArrayList<>();
          new ObjectMapper().readTree(json.toString()).forEach(rows::add);
          ROWS.put(test, rows);
          json.setLength(0);
        }
      }
    }
    assertThat(result.exit()).as(result.output()).isZero();
  }

  /**
   * Kyverno counts as passed what it did not look at, and what an invalid policy was to check; so
   * this looks for a verdict on everything that was to have one.
   */
  @ParameterizedTest
  @MethodSource("policies")
  void giveAVerdictOnEveryCase(Policy policy) {
    List<JsonNode> rows = ROWS.getOrDefault(policy.toString(), List.of());

    List<String> expected = new ArrayList<>();
    Set<String> judged = new HashSet<>();
    for (JsonNode result : policy.test().path("results")) {
      result.path("resources").forEach(r -> expected.add(r.asText()));
      if (!result.path("result").asText().equals("skip")) {
        result.path("resources").forEach(r -> judged.add(r.asText()));
      }
    }
    assertThat(rows.stream().map(KyvernoTest::resource))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(rows)
        .allSatisfy(
            row -> {
              String name = resource(row);
              if (judged.contains(name)
                  || Stream.of("good-", "bad-", "changed-", "same-").anyMatch(name::startsWith)) {
                assertThat(row.path("REASON").asText()).as(row.toString()).isEqualTo("Ok");
              } else {
                assertThat(row.path("REASON").asText()).as(row.toString()).isIn("Ok", "Excluded");
              }
            });
  }

  /**
   * What a message says to add is what the good cases have, in the very words, and the same in both
   * flavours.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "require-owner-labels",
        "require-namespace-labels",
        "require-requests",
        "require-ephemeral-identity",
        "known-cost-centers"
      })
  void sayWhatIsRight(String policy) throws IOException {
    List<String> cel = refusals("cel " + policy);
    String cases = Files.readString(PolicyFiles.FOLDER.resolve(policy + "/tests/resources.yaml"));

    assertThat(refusals("clusterpolicy " + policy)).isEqualTo(cel).isNotEmpty();
    assertThat(cel)
        .allSatisfy(
            refusal -> {
              Matcher snippet = SNIPPET.matcher(refusal);
              assertThat(snippet.find()).as(refusal).isTrue();
              assertThat(cases).contains(snippet.group(1));
            });
  }

  private static List<String> refusals(String policy) {
    return ROWS.getOrDefault(policy, List.of()).stream()
        .filter(row -> resource(row).startsWith("bad-"))
        .map(row -> row.path("RESOURCE").asText() + ": " + row.path("Message").asText())
        .sorted()
        .toList();
  }

  private static String resource(JsonNode row) {
    String resource = row.path("RESOURCE").asText();
    return resource.substring(resource.lastIndexOf('/') + 1);
  }
}
