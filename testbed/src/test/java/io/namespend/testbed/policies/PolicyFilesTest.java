package io.namespend.testbed.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.testbed.policies.PolicyFiles.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies' files; {@link KyvernoTest} tries what they do. */
@Tag("rules")
class PolicyFilesTest {
  static List<Policy> policies() {
    return PolicyFiles.installed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Generate.java", "GenerateTests.java"})
  void areWhatTheirSourcesSay(String generator) {
    Program java =
        new Program(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));

    assertThat(java.run("kyverno-policies/" + generator, "--check"))
        .isEqualTo(new Program.Result(0, ""));
  }

  @Test
  void haveBothFlavours() {
    Set<String> cel = names("cel");

    assertThat(cel).isEqualTo(names("clusterpolicy")).hasSize(12);
  }

  private static Set<String> names(String flavour) {
    return policies().stream()
        .filter(p -> p.flavour().equals(flavour))
        .map(Policy::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What mutates has a changed and an unchanged case instead of a passing and a failing one; what
   * looks at some namespaces only, and refuses all there, passes the others by.
   */
  @ParameterizedTest
  @MethodSource("policies")
  void haveAPassingAndAFailingCaseForEveryKind(Policy policy) {
    JsonNode test = policy.test();

    if (policy.selectsNamespaces()) {
      assertThat(kindsWith("skip", test)).containsAll(policy.kinds());
    } else {
      assertThat(kindsWith("pass", test)).isEqualTo(policy.kinds());
    }
    if (policy.mutates()) {
      assertThat(kindsWith("skip", test)).isNotEmpty();
    } else {
      assertThat(kindsWith("fail", test)).isEqualTo(policy.kinds());
    }
  }

  private static Set<String> kindsWith(String result, JsonNode test) {
    Set<String> kinds = new TreeSet<>();
    for (JsonNode expected : test.path("results")) {
      if (expected.path("result").asText().equals(result)) {
        kinds.add(expected.path("kind").asText().toLowerCase(Locale.ROOT) + "s");
      }
    }
    return kinds;
  }

  /** Kyverno that is down or a missing list of cost centers must not stop a cluster. */
  @ParameterizedTest
  @MethodSource("policies")
  void letEverythingThroughWhenTheyFail(Policy policy) {
    String at = policy.flavour().equals("cel") ? "/spec" : "/spec/webhookConfiguration";

    assertThat(policy.manifest().at(at + "/failurePolicy").asText()).isEqualTo("Ignore");
  }
}
