package io.namespend.testbed.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we ask of others we do ourselves: our manifests pass the policies that refuse. */
@Tag("rules")
class OwnManifestsTest {
  private static final Set<String> LOOKED_AT =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Namespace");

  private static final Pattern COUNTS =
      Pattern.compile("pass: (\\d+), fail: (\\d+), warn: (\\d+), error: (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cel", "clusterpolicy"})
  void pass(String flavour) throws IOException {
    Program.kyverno();
    List<JsonNode> policies =
        PolicyFiles.parse(
            Overlays.render(PolicyFiles.FOLDER.resolve("install/" + flavour + "-enforce")));
    // Without a cluster, a ClusterPolicy that asks the API for a namespace fails, and the others
    // are not tried.
    policies.removeIf(
        policy ->
            policy.at("/spec/rules/0").has("mutate") || policy.toString().contains("apiCall"));
    Path enforced = write("policies.yaml", policies);
    assertThat(policies).allSatisfy(OwnManifestsTest::refusesOrMutates);

    int workloads = 0;
    for (String manifests : Overlays.ours()) {
      List<JsonNode> objects = PolicyFiles.parse(manifests);
      objects.removeIf(object -> !LOOKED_AT.contains(object.path("kind").asText()));
      workloads += objects.size();
      if (!objects.isEmpty()) {
        Counts counts = apply(enforced, write("manifests.yaml", objects));
        assertThat(counts.passed()).as(counts.output()).isGreaterThanOrEqualTo(2 * objects.size());
        assertThat(counts.failed() + counts.errors()).as(counts.output()).isZero();
      }
    }

    assertThat(workloads).isPositive();
    Path incomplete = PolicyFiles.FOLDER.resolve("require-owner-labels/tests/resources.yaml");
    assertThat(apply(enforced, incomplete).failed()).isPositive();
  }

  private static void refusesOrMutates(JsonNode policy) {
    String action =
        policy.at("/spec/validationActions/0").asText()
            + policy.at("/spec/rules/0/validate/failureAction").asText();

    assertThat(action)
        .isEqualTo(
            switch (policy.path("kind").asText()) {
              case "ValidatingPolicy" -> "Deny";
              case "ClusterPolicy" -> "Enforce";
              default -> "";
            });
  }

  private record Counts(int passed, int failed, int errors, String output) {}

  private Counts apply(Path policies, Path resources) throws IOException {
    JsonNode costCenters =
        PolicyFiles.read(PolicyFiles.FOLDER.resolve("known-cost-centers/cost-centers.yaml")).get(0);
    Path context =
        write(
            "context.yaml",
            List.of(
                Map.of(
                    "apiVersion",
                    "cli.kyverno.io/v1alpha1",
                    "kind",
                    "Context",
                    "metadata",
                    Map.of("name", "context"),
                    "spec",
                    Map.of("resources", List.of(costCenters)))));
    Path values =
        write(
            "values.yaml",
            List.of(
                Map.of(
                    "apiVersion",
                    "cli.kyverno.io/v1alpha1",
                    "kind",
                    "Value",
                    "metadata",
                    Map.of("name", "values"),
                    "policies",
                    List.of(
                        Map.of(
                            "name",
                            "known-cost-centers",
                            "rules",
                            List.of(
                                Map.of(
                                    "name",
                                    "known-cost-centers",
                                    "values",
                                    Map.of("costCenters", costCenters))))))));
    String output =
        Program.kyverno()
            .run(
                "apply",
                policies.toString(),
                "--resource",
                resources.toString(),
                "--context-file",
                context.toString(),
                "--values-file",
                values.toString(),
                "--remove-color")
            .output();
    Matcher counts = COUNTS.matcher(output);
    assertThat(counts.find()).as(output).isTrue();
    return new Counts(number(counts, 1), number(counts, 2), number(counts, 4), output);
  }

  private static int number(Matcher counts, int group) {
    return Integer.parseInt(counts.group(group));
  }

  /** As documents of JSON, which is YAML too. */
  private Path write(String name, List<?> documents) throws IOException {
    String text =
        documents.stream()
            .map(d -> JSON.valueToTree(d).toString())
            .collect(Collectors.joining("\n---\n"));
    return Files.writeString(folder.resolve(name), text);
  }
}
