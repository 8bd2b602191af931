package io.namespend.exporter.policy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.pod.WorkloadFolding.Fold;
import io.namespend.exporter.policy.AllocationModel;
import io.namespend.exporter.policy.AllocationWeights;
import io.namespend.exporter.policy.Bill;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Service;
import io.namespend.exporter.policy.pool.Split;
import io.namespend.exporter.price.settings.PriceSettings.SourceName;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in, policies or errors out. */
class PolicyFileTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment\n",
        "---\n",
        "{}",
        "currency:\nownership:\nallocation:\npools:\nsharedServices:\nbudgets:\nprices:\n",
        "ownership: {labels:, defaults:}\nallocation: {overrides: []}\nbudgets: []\n",
      })
  void aFileThatSaysNothingIsTheDefaults(String yaml) throws IOException {
    assertThat(read(yaml)).isEqualTo(PolicyFile.defaults());
  }

  @Test
  void readsTheExampleWithEveryKey() {
    PolicyFile file = PolicyFile.read(Path.of("examples/policy.yaml"), NOW);

    Policy policy = file.policy();
    assertThat(policy.currency()).isEqualTo("USD");
    assertThat(policy.ownership().labels())
        .containsEntry(OwnerPart.TEAM, List.of("team", "example.com/squad"))
        .containsEntry(OwnerPart.PRODUCT, List.of("app.kubernetes.io/part-of"));
    assertThat(policy.ownership().defaults()).containsEntry(OwnerPart.ENVIRONMENT, "unknown");
    assertThat(policy.allocation().blend()).isEqualTo(new AllocationWeights(0.7, 0.3, 0));
    assertThat(policy.allPools())
        .extracting(Pool::name)
        .containsExactlyInAnyOrder(
            "platform",
            "ingress",
            "observability",
            "ci",
            "idle",
            "system",
            "unclaimed-storage",
            "control-plane",
            "rds-orders",
            "nat-gateway",
            "enterprise-support",
            "migration");
    assertThat(terms(policy, "batch-nightly").model()).isEqualTo(AllocationModel.USAGE);
    assertThat(terms(policy, "trading").model()).isEqualTo(AllocationModel.REQUEST);
    assertThat(terms(policy, "istio-system").pool()).contains("platform");
    assertThat(terms(policy, "checkout").dailyBudget()).hasValue(500);
    assertThat(terms(policy, "team-a").dailyBudget()).hasValue(50);
    assertThat(terms(policy, "team-a").monthlyBudget()).isEmpty();
    assertThat(policy.bills())
        .containsExactly(
            new Bill(YearMonth.of(2025, 12), 40118.20), new Bill(YearMonth.of(2026, 1), 41234.56));
    assertThat(file.prices().sources()).containsExactly(SourceName.SHEET, SourceName.BUILTIN);
    assertThat(file.prices().sheet()).contains(Path.of("examples/prices.csv").toAbsolutePath());
  }

  @Test
  void readsWhichPodsAreOneWorkload() throws IOException {
    assertThat(
            read("""
            workloads:
              label: ci.example.com/pipeline
              fold: [{ownerKind: Job, name: "import-*"}, {ownerKind: Cluster, name: "pg-*", as: postgres}]
              foldGenerated: false
            """)
                .folding())
        .isEqualTo(
            new WorkloadFolding(
                "ci.example.com/pipeline",
                List.of(
                    new Fold("Job", new Wildcard("import-*"), Optional.empty()),
                    new Fold("Cluster", new Wildcard("pg-*"), Optional.of("postgres"))),
                false));
    assertThat(read("currency: USD").folding()).isEqualTo(WorkloadFolding.USUAL);
  }

  @Test
  void theFirstMatchWinsInOverridesPoolsAndBudgets() throws IOException {
    Policy policy =
        read("""
        allocation: {overrides: [{namespaces: [ml-a], model: max}, {namespaces: ["ml-*"], model: usage}]}
        pools: [{name: one, namespaces: ["kube-*"]}, {name: two, namespaces: [kube-system, logging]}]
        budgets: [{namespace: ml-a, daily: 5}, {namespace: "ml-*", daily: 1, monthly: 30}]
        """)
            .policy();

    assertThat(terms(policy, "ml-a").model()).isEqualTo(AllocationModel.MAX);
    assertThat(terms(policy, "ml-b").model()).isEqualTo(AllocationModel.USAGE);
    assertThat(terms(policy, "kube-system").pool()).contains("one");
    assertThat(terms(policy, "logging").pool()).contains("two");
    assertThat(terms(policy, "ml-a").dailyBudget()).hasValue(5);
    assertThat(terms(policy, "ml-a").monthlyBudget()).hasValue(30);
    assertThat(terms(policy, "ml-b").dailyBudget()).hasValue(1);
  }

  @Test
  void aBudgetWithAGlobSkipsSharedNamespacesWhoseCostIsSplit() throws IOException {
    Policy policy =
        read("""
        pools: [{name: a, namespaces: [kube-system]}, {name: b, namespaces: [kube-public], split: none}]
        budgets: [{namespace: "kube-*", daily: 5}, {namespace: kube-public, monthly: 9}]
        """)
            .policy();

    assertThat(terms(policy, "kube-system").dailyBudget()).isEmpty();
    assertThat(terms(policy, "kube-public").dailyBudget()).hasValue(5);
    assertThat(terms(policy, "kube-public").monthlyBudget()).hasValue(9);
  }

  @Test
  void onlyTenantsThatTakePartHaveAWeight() throws IOException {
    Policy policy =
        read("""
        pools:
          - {name: idle, tenants: [shop, "team-*"], except: [team-b]}
          - {name: system, split: weighted, weights: {shop: 3, "team-*": 1, team-a: 9, zero: 0}}
          - {name: control-plane, split: none}
        """)
            .policy();

    assertThat(weights(policy, "idle", "shop", "team-a", "team-b", "other"))
        .containsExactly(1, 1, 0, 0);
    assertThat(weights(policy, "system", "shop", "team-a", "zero", "other"))
        .containsExactly(3, 1, 0, 0);
    assertThat(weights(policy, "control-plane", "shop")).containsExactly(0);
    assertThat(weights(policy, "unclaimed-storage", "shop")).containsExactly(1);
  }

  @Test
  void aSharedServiceIsAPoolOfItsName() throws IOException {
    Policy policy =
        read("""
        sharedServices: [{name: rds, category: database, hourlyCost: 2, split: driver, floor: 0.1}]
        """)
            .policy();

    assertThat(policy.allPools())
        .filteredOn(pool -> pool.name().equals("rds"))
        .singleElement()
        .satisfies(
            pool -> {
              assertThat(pool.sharing().split()).isEqualTo(Split.DRIVER);
              assertThat(pool.sharing().floor()).isEqualTo(0.1);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hourlyCost: 2                                                | 2
          hourlyCost: 0                                                | 0
          monthlyCost: 720                                             | 1
          monthlyCost: 730, monthHours: 730                            | 1
          hourlyCost: 2, validFrom: 2026-11-20T08:00:00Z               | 2
          hourlyCost: 2, validFrom: 2026-11-20T08:00:01Z               |
          hourlyCost: 2, validUntil: 2026-11-20T08:00:00Z              |
          hourlyCost: 2, validUntil: 2026-11-20T09:00:00+01:00         |
          hourlyCost: 2, validUntil: 2026-11-20T09:00:01+01:00         | 2
          hourlyCost: 2, validFrom: 2026-11-20, validUntil: 2026-11-21 | 2
          hourlyCost: 2, validUntil: 2026-11-20                        |
          oneTimeCost: 48, from: 2026-11-19, until: 2026-11-21         | 1
          oneTimeCost: 48, from: 2026-11-21, until: 2026-11-23         |
          """)
  void aServiceCostsAsItsInvoiceSays(String keys, Double hourly) throws IOException {
    Policy policy =
        read("externalServices: [{name: s, category: c, namespace: n, %s}]".formatted(keys))
            .policy();

    assertThat(policy.externalServices())
        .extracting(Service.External::service)
        .extracting(service -> service.hourlyAt(NOW))
        .containsExactly(hourly == null ? OptionalDouble.empty() : OptionalDouble.of(hourly));
  }

  @Test
  void reportsAllErrorsTogether() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    currency: usd
                    pools: [{name: a, namespaces: [A]}, {name: a, namespaces: [b], split: fair}]
                    budgets: [{team: x}]
                    prices: {sources: [amazon]}
                    colour: red
                    """))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            """
            %s has 7 errors:
              currency: "usd": write a code of ISO 4217 such as USD or EUR
              pools[0].namespaces[0]: "A": write a namespace: lower-case letters, digits and hyphens; * matches any of them
              pools[1].name: "a": is there twice; pools and services need names of their own
              pools[1].split: "fair": write one of proportional, even, weighted, driver, none
              budgets[0].monthly: "": is missing; write an amount for daily, monthly or both
              prices.sources[0]: "amazon": write one of bill, aws, azure, gcp, sheet, builtin
              colour: "...": unknown key; known: allocation, annotations, bills, budgets, currency, customers, externalServices, nodeGroups, ownership, pools, prices, sharedServices, units, workloads\
            """,
            folder.resolve("policy.yaml"));
  }

  static Stream<List<String>> errors() {
    return PolicyErrors.TABLE.lines().filter(line -> !line.isBlank()).map(PolicyErrors::parsed);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyErrorSaysWhereAndWhatToDo(List<String> yamlThenErrors) {
    List<String> expected = yamlThenErrors.subList(1, yamlThenErrors.size());

    assertThatThrownBy(() -> read(yamlThenErrors.get(0)))
        .isInstanceOf(InvalidSettingsException.class)
        .extracting(e -> String.valueOf(e.getMessage()).lines().skip(1).map(String::strip).toList())
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .hasSameSizeAs(expected)
        .zipSatisfy(expected, (error, beginning) -> assertThat(error).startsWith(beginning));
  }

  private static List<Integer> weights(Policy policy, String pool, String... tenants) {
    return policy.allPools().stream()
        .filter(found -> found.name().equals(pool))
        .flatMap(found -> Stream.of(tenants).map(found.sharing()::weight))
        .map(Double::intValue)
        .toList();
  }

  private static NamespaceTerms terms(Policy policy, String namespace) {
    return policy.terms(new Namespace(namespace, Map.of()), LocalDate.parse("2026-11-20"));
  }

  private PolicyFile read(String yaml) throws IOException {
    return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), NOW);
  }
}
