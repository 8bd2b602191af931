package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.policy.owner.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far what a tenant writes reaches. */
class TrustBoundaryTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir private Path folder;

  /** A team's name on another team's pods is one label; it must not be that team's bill. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # policy | namespace         | workload                       | charged           | foreign
          report | team=beta         | team=alpha                     | beta              | alpha
          own    | team=beta         | team=alpha                     | beta              | alpha
          allow  | team=beta         | team=alpha                     | alpha             | alpha
          report | team=beta         | team=beta                      | beta              | ''
          report | team=beta         | ''                             | beta              | ''
          # Of a workload that names another team, the cost center is that team's too.
          report | team=beta         | team=alpha cost-center=cc-a    | beta              | alpha, cc-a
          report | team=beta         | cost-center=cc-a               | beta, cc-a        | ''
          report | cost-center=cc-b  | cost-center=cc-a               | unattributed, cc-b | unattributed, cc-a
          report | team=beta cost-center=cc-b | team=beta cost-center=cc-a | beta, cc-b   | beta, cc-a
          # Where the namespace names nobody, the workload's label is all that is known.
          report | ''                | team=alpha                     | alpha             | ''
          own    | ''                | team=alpha                     | unattributed      | ''
          allow  | ''                | team=alpha                     | alpha             | ''
          # What pays nothing may be called as one likes.
          own    | team=beta environment=prod | environment=test      | beta              | ''
          """)
  void whoPaysForAWorkload(
      String workloads, String namespace, String labels, String charged, String foreign)
      throws IOException {
    Workload workload = new Workload("shop", "pod", "x");

    AppliedPolicy applied =
        AppliedPolicy.of(
            policy("ownership: {workloads: " + workloads + "}"),
            List.of(new Namespace("shop", pairs(namespace), Map.of())),
            Map.of(workload, pairs(labels)),
            TODAY);

    assertThat(requireNonNull(applied.workloads().get(workload)).payer()).isEqualTo(charged);
    assertThat(applied.foreign().values().stream().map(Owner::payer).collect(Collectors.joining()))
        .isEqualTo(foreign);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          monthly-budget | 999999999999           | raises-budget
          daily-budget   | 50.01                  | raises-budget
          daily-budget   | 50                     | ''
          planned-change | 2000-01-01/9999-12-31  | too-long
          planned-change | 2026-11-01/2026-12-01  | ''
          planned-change | 2026-11-01/2026-12-02  | too-long
          planned-change | 2026-11-01             | ''
          planned-change | 2027-02-18             | ''
          planned-change | 2027-02-19             | too-far-ahead
          planned-change | +999999999-12-31       | too-far-ahead
          planned-change | 2026-12-01/+999999999-12-31 | too-long
          planned-change | -999999999-01-01/-999999999-01-02 | ''
          model          | usage                  | not-allowed
          team           | payments               | changes-owner
          team           | web                    | ''
          cost-center    | cc-of-others           | changes-owner
          environment    | anything               | ''
          product        | anything               | ''
          slack-channel  | '#web'                 | ''
          """)
  void whatAnAnnotationMayWithoutBeingAllowed(String annotation, String value, String rule)
      throws IOException {
    Policy policy = policy("budgets: [{namespace: \"*\", daily: 50, monthly: 1000}]");
    Map<String, String> labels = Map.of("team", "web", "cost-center", "cc-1");
    String key = "namespend.io/" + annotation;

    NamespaceTerms terms = policy.terms(new Namespace("shop", labels, Map.of(key, value)), TODAY);

    assertThat(terms.invalid()).isEmpty();
    assertThat(terms.refused())
        .extracting(RefusedAnnotation::annotation, refused -> refused.rule().text())
        .isEqualTo(
            rule.isEmpty() ? List.of() : List.of(org.assertj.core.groups.Tuple.tuple(key, rule)));
    if (!rule.isEmpty()) {
      assertThat(terms)
          .usingRecursiveComparison()
          .ignoringFields("refused")
          .isEqualTo(policy.terms(new Namespace("shop", labels, Map.of()), TODAY));
    }
    // Once this ended each build of metrics, as there is no day after the last one.
    terms.plannedChange().ifPresent(change -> assertThat(change.end()).isNotNull());
  }

  @Test
  void aChannelNeedsATeamThatALabelNames() throws IOException {
    Map<String, String> annotations =
        Map.of("namespend.io/team", "payments", "namespend.io/slack-channel", "#attacker");
    Namespace namespace = new Namespace("evil", Map.of(), annotations);

    NamespaceTerms terms = Policy.defaults().terms(namespace, TODAY);

    assertThat(terms.slackChannel()).isEmpty();
    assertThat(terms.refused())
        .extracting(refused -> refused.rule().text())
        .containsExactly("team-not-labelled");
    assertThat(
            policy("annotations: {slackChannels: [\"#costs-*\"]}")
                .terms(namespace, TODAY)
                .refused())
        .extracting(refused -> refused.rule().text())
        .containsExactly("channel-not-listed");
    assertThat(
            policy("annotations: {slackChannels: [\"#att*\"]}")
                .terms(namespace, TODAY)
                .slackChannel())
        .hasValue("#attacker");
  }

  @Test
  void thePolicySaysWhichMayBeUsedWhereAndHowFar() throws IOException {
    Policy policy =
        policy(
            """
            budgets: [{namespace: "*", daily: 50}]
            annotations:
              allow: [planned-change, team]
              plannedChangeDays: 7
              overrides:
                - {namespaces: ["ml-*"], allow: [model, daily-budget], raiseBudgets: true}
                - {namespaces: [old], changeOwners: true, plannedChangeAheadDays: 1}
            """);
    Map<String, String> annotations =
        Map.of(
            "namespend.io/model", "usage",
            "namespend.io/daily-budget", "70",
            "namespend.io/team", "other",
            "namespend.io/planned-change", "2026-12-01/2026-12-08");

    assertThat(refused(policy, "shop", annotations))
        .isEqualTo(
            "daily-budget not-allowed, model not-allowed, planned-change too-long, team"
                + " changes-owner");
    assertThat(refused(policy, "ml-train", annotations))
        .isEqualTo("planned-change not-allowed, team not-allowed");
    assertThat(refused(policy, "old", annotations))
        .isEqualTo("daily-budget not-allowed, model not-allowed, planned-change too-long");
  }

  /** Each would be a series. */
  @Test
  void manyUnknownAnnotationsAreAFew() {
    Map<String, String> annotations =
        IntStream.range(0, 5_000)
            .boxed()
            .collect(Collectors.toMap(i -> "namespend.io/x" + i, i -> "y".repeat(1_000)));

    NamespaceTerms terms =
        Policy.defaults().terms(new Namespace("shop", Map.of(), annotations), TODAY);

    assertThat(terms.invalid()).hasSize(8);
    assertThat(terms.invalid().get(0).toString()).hasSizeLessThan(400);
  }

  private static String refused(Policy policy, String namespace, Map<String, String> annotations) {
    return policy
        .terms(new Namespace(namespace, Map.of("team", "web"), new TreeMap<>(annotations)), TODAY)
        .refused()
        .stream()
        .map(one -> one.annotation().replace("namespend.io/", "") + " " + one.rule().text())
        .collect(Collectors.joining(", "));
  }

  private Policy policy(String yaml) throws IOException {
    return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), NOW).policy();
  }

  private static Map<String, String> pairs(String text) {
    return text.lines()
        .flatMap(line -> List.of(line.split(" ")).stream())
        .filter(pair -> !pair.isBlank())
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
