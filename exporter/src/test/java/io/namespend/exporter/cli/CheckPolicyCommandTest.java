package io.namespend.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.policy.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads of a policy before it is in force. */
class CheckPolicyCommandTest {
  private static final String CLUSTER =
      """
      {"kind": "List", "items": [
        {"kind": "Node", "metadata": {"name": "n1"}},
        {"kind": "Namespace", "metadata": {"name": "kube-system"}},
        {"kind": "Namespace", "metadata": {"name": "checkout", "labels": {"team": "payments", "cost-center": "cc-1"}}},
        {"kind": "Namespace", "metadata": {"name": "search", "annotations": {
          "namespend.io/team": "discovery", "namespend.io/model": "usage", "namespend.io/daily-budget": "$50"}}},
        {"kind": "Pod", "metadata": {"namespace": "checkout", "name": "cart", "labels": {"team": "cart"}}, "spec": {"nodeName": "n1"}},
        {"kind": "Pod", "metadata": {"namespace": "search", "name": "index"}, "spec": {"nodeName": "n1"}}
      ]}
      """;

  @TempDir private Path folder;

  @Test
  void printsEveryMistake() throws IOException {
    Path file = policy("currency: usd\npools: [{name: idle, split: fair}, {name: x}]\n");

    Run printed = Run.of("check-policy", file.toString());

    assertThat(printed.exit()).isEqualTo(1);
    assertThat(printed.out()).isEmpty();
    assertThat(printed.err())
        .isEqualTo(
            """
            exporter: %s has 3 errors:
              currency: "usd": write a code of ISO 4217 such as USD or EUR
              pools[0].split: "fair": write one of proportional, even, weighted, driver, none
              pools[1].namespaces: "": is missing; write the shared namespaces, or name one of the standing
                pools idle, system, unclaimed-storage, control-plane
            """
                .formatted(file));
  }

  @Test
  void printsAGoodPolicyInShort() {
    Run printed = Run.of("check-policy", "examples/policy.yaml");

    assertThat(printed.exit()).isZero();
    assertThat(printed.err()).isEmpty();
    assertThat(printed.out())
        .startsWith("examples/policy.yaml is valid\n")
        .contains(
            """
            POOL                SPLIT         FLOOR  HOLDS                               SHARED BY
            platform            proportional         kube-system, istio-*, cert-manager  all tenants
            ingress             driver        0.05   ingress-nginx                       all tenants
            """)
        .contains(
            "customers  3 in the directory now, 2 with revenue",
            "api                   checkout: api-*  ")
        .containsPattern("(?m)^idle +proportional +all tenants per\n +nodeGroup$");
    assertThat(printed.out().lines()).hasSizeLessThan(70).allMatch(line -> line.length() <= 100);
  }

  @Test
  void tellsWhatThePolicyDoesToACluster() throws IOException {
    Path file =
        policy(
            """
            pools: [{name: platform, namespaces: ["kube-*", istio-system]}, {name: late, namespaces: [kube-system]}]
            allocation: {overrides: [{namespaces: [ml], model: max}]}
            sharedServices: [{name: rds, category: database, hourlyCost: 1, tenants: [kube-system]}]
            externalServices: [{name: atlas, category: database, hourlyCost: 1, namespace: gone}]
            budgets: [{namespace: checkout, daily: 500, monthly: 12000}, {team: cart, daily: 1}, {team: nobody, daily: 1}]
            """);
    Path dump = Files.writeString(folder.resolve("cluster.json"), CLUSTER);

    Run printed = Run.of("check-policy", file.toString(), "--cluster-snapshot", dump.toString());

    assertThat(printed.exit()).isZero();
    assertThat(printed.out())
        .endsWith(
            """
            NAMESPACE    POOL         MODEL    OWNER                             BUDGET
            checkout     tenant       blended  payments, cc-1 (namespace-label)  500/day, 12000/month
            kube-system  in platform  blended  unattributed (default)
            search       tenant       blended  discovery (namespace-annotation)

            2 workloads have pods; team: 0 from workload-label, 1 from namespace-annotation, 1 from
            namespace-label, 0 from default

            Warnings:
              allocation.overrides[0].namespaces: "ml" matches no namespace
              pools[0].namespaces: "istio-system" matches no namespace
              pools[1].namespaces: "kube-system" matches kube-system, but no namespaces that no earlier pool has
              sharedServices[0].tenants: "kube-system" matches kube-system, but no tenants
              pool rds: no tenant takes part, so its cost stays unallocated
              external service atlas: there is no namespace "gone"
              budgets[1].team: "cart" owns nothing
              budgets[2].team: "nobody" owns nothing
              namespace search, namespend.io/daily-budget: "$50": write an amount above 0, such as 500 or 49.90
              namespace search, namespend.io/model: "usage": the policy does not let this namespace say it
                (annotations.allow); remove it
              pod checkout/cart: names cart, cc-1, which is not its namespace's owner
            """);
  }

  @Test
  void tellsWhichBillsAreCompared() throws IOException {
    Instant now = Instant.parse("2026-11-20T08:00:00Z");
    Path file = policy("bills: [{month: 2026-08, amount: 7}, {month: 2026-10, amount: 41234.50}]");

    assertThat(new PolicySummary(PolicyFile.read(file, now), now).text())
        .endsWith(
            """

            BILL OF  AMOUNT   COMPARED NOW
            2026-08  7        no, older than two months
            2026-10  41234.5  yes

            """);
  }

  @Test
  void refusesDollarsInAPolicyOfAnotherCurrency() throws IOException {
    Run run = Run.of("check-policy", policy("currency: EUR").toString());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains(
            "currency: \"EUR\": builtin has prices in USD, and prices.exchangeRates has no rate"
                + " from USD that has begun");
  }

  @Test
  void saysWhatUnknownThingsCostWithoutARate() throws IOException {
    Path policy =
        policy(
            """
            currency: EUR
            prices: {sources: [sheet], sheet: {file: prices.csv}}
            """);

    assertThat(Run.of("check-policy", policy.toString()).out().replaceAll("\\s+", " "))
        .contains("what no source knows costs nothing");
  }

  @Test
  void saysTheRatesThatPricesAreConvertedBy() throws IOException {
    Path policy =
        policy(
            """
            currency: EUR
            prices:
              exchangeRates:
                - {from: USD, to: EUR, rate: 0.92, since: 2020-01-01}
                - {from: USD, rate: 0.5, since: 9999-01-01}
                - {from: CHF, rate: 1.05, since: 2020-01-01}
            """);

    assertThat(Run.of("check-policy", policy.toString()).out().replaceAll(" +", " "))
        .contains(
            """
            currency EUR
            rate 1 CHF is 1.05 EUR since 2020-01-01T00:00:00Z
            rate 1 USD is 0.92 EUR since 2020-01-01T00:00:00Z
            """)
        .doesNotContain("Warnings");
  }

  @Test
  void aMissingFileOrDumpIsSaid() throws IOException {
    assertThat(Run.of("check-policy", folder + "/none.yaml").err()).contains("does not exist");
    assertThat(
            Run.of("check-policy", policy("").toString(), "--cluster-snapshot", folder + "/none")
                .err())
        .contains("does not exist");
    assertThat(Run.of("check-policy").exit()).isEqualTo(2);
  }

  private Path policy(String yaml) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), yaml);
  }
}
