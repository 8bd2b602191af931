package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.file.PolicyFile;
import io.namespend.exporter.policy.file.ReloadStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy and a cluster in, exposition text out. */
class PolicyMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: kube-system}
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: search
        annotations: {namespend.io/model: usage, namespend.io/monthly-budget: "900", namespend.io/tema: x}
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
        labels: {team: web, cost-center: cc-1}
        annotations: {namespend.io/slack-channel: "#shop"}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: shop, name: cart, labels: {team: checkout, app: cart}}
      spec: {nodeName: n1}
      """;

  @TempDir private Path folder;

  @Test
  void poolsWithTheirSplitsAndTheTenantsThatTakePart() throws IOException {
    assertThat(
            text(
                """
                pools:
                  - {name: platform, namespaces: ["kube-*"], split: even, floor: 0.05, except: [shop]}
                  - {name: system, split: weighted, weights: {shop: 3, search: 1}}
                  - {name: unclaimed-storage, split: none}
                  - {name: control-plane, tenants: [shop]}
                sharedServices: [{name: rds, category: database, hourlyCost: 2, split: driver}]
                """,
                "namespend_pool"))
        .isEqualTo(
            """
            namespend_pool_floor_hourly_cost{namespace="search",pool="platform"} 0.05
            namespend_pool_split_info{pool="control-plane",split="proportional"} 1
            namespend_pool_split_info{pool="idle",split="proportional"} 1
            namespend_pool_split_info{pool="platform",split="even"} 1
            namespend_pool_split_info{pool="rds",split="driver"} 1
            namespend_pool_split_info{pool="system",split="weighted"} 1
            namespend_pool_split_info{pool="unclaimed-storage",split="none"} 1
            namespend_pool_weight{namespace="search",pool="idle"} 1.0
            namespend_pool_weight{namespace="search",pool="platform"} 1.0
            namespend_pool_weight{namespace="search",pool="rds"} 1.0
            namespend_pool_weight{namespace="search",pool="system"} 1.0
            namespend_pool_weight{namespace="shop",pool="control-plane"} 1.0
            namespend_pool_weight{namespace="shop",pool="idle"} 1.0
            namespend_pool_weight{namespace="shop",pool="rds"} 1.0
            namespend_pool_weight{namespace="shop",pool="system"} 3.0
            """);
  }

  @Test
  void namespacesWithTheirTermsAndWhatIsWrongWithTheirAnnotations() throws IOException {
    assertThat(
            text(
                """
                pools: [{name: platform, namespaces: ["kube-*"]}]
                allocation: {overrides: [{namespaces: [shop], model: max}]}
                """,
                "namespend_(allocation|annotations|namespace_|invalid|slack)"))
        .isEqualTo(
            """
            namespend_allocation_weight{basis="max",namespace="kube-system"} 0.0
            namespend_allocation_weight{basis="max",namespace="search"} 0.0
            namespend_allocation_weight{basis="max",namespace="shop"} 1.0
            namespend_allocation_weight{basis="request",namespace="kube-system"} 0.7
            namespend_allocation_weight{basis="request",namespace="search"} 0.7
            namespend_allocation_weight{basis="request",namespace="shop"} 0.0
            namespend_allocation_weight{basis="usage",namespace="kube-system"} 0.3
            namespend_allocation_weight{basis="usage",namespace="search"} 0.3
            namespend_allocation_weight{basis="usage",namespace="shop"} 0.0
            namespend_annotations_refused{annotation="namespend.io/model",namespace="search",rule="not-allowed"} 1.0
            namespend_invalid_annotations{annotation="namespend.io/tema",namespace="search"} 1.0
            namespend_namespace_info{cost_center="cc-1",environment="unknown",namespace="shop",owner_source="namespace-label",pool="",product="unattributed",team="web",tenancy="tenant"} 1
            namespend_namespace_info{cost_center="unattributed",environment="unknown",namespace="kube-system",owner_source="default",pool="platform",product="unattributed",team="unattributed",tenancy="shared"} 1
            namespend_namespace_info{cost_center="unattributed",environment="unknown",namespace="search",owner_source="default",pool="",product="unattributed",team="unattributed",tenancy="tenant"} 1
            namespend_slack_channel_info{channel="#shop",namespace="shop",team="web"} 1
            """);
  }

  @Test
  void ownersAndWhatHasNone() throws IOException {
    assertThat(
            text(
                "ownership: {defaults: {team: nobody}}",
                "namespend_(foreign|workload_owner|owner|workloads|namespaces)"))
        .isEqualTo(
            """
            namespend_foreign_workload_info{cost_center="cc-1",namespace="shop",policy="report",team="checkout",workload="cart",workload_type="pod"} 1
            namespend_namespaces_without_label{label="cost_center"} 2.0
            namespend_namespaces_without_label{label="environment"} 3.0
            namespend_namespaces_without_label{label="product"} 3.0
            namespend_namespaces_without_label{label="team"} 2.0
            namespend_owner_default_info{cost_center="unattributed",environment="unknown",product="unattributed",team="nobody"} 1
            namespend_workload_owner_info{cost_center="cc-1",environment="unknown",namespace="shop",owner_source="namespace-label",product="unattributed",team="web",workload="cart",workload_type="pod"} 1
            namespend_workloads_without_label{label="cost_center"} 0.0
            namespend_workloads_without_label{label="environment"} 1.0
            namespend_workloads_without_label{label="product"} 1.0
            namespend_workloads_without_label{label="team"} 0.0
            """);
  }

  @Test
  void budgetsServicesAndTheCurrency() throws IOException {
    assertThat(
            text(
                """
                currency: EUR
                prices: {exchangeRates: [{from: USD, rate: 0.92, since: 1970-01-01}]}
                sharedServices:
                  - {name: rds, category: database, monthlyCost: 1440}
                  - {name: old, category: database, hourlyCost: 9, validUntil: 2026-01-01}
                externalServices:
                  - {name: atlas, category: database, hourlyCost: 1.5, namespace: shop}
                  - {name: datadog, category: monitoring, oneTimeCost: 365, from: 2026-01-01, until: 2027-01-01, team: data, costCenter: cc-2}
                budgets: [{namespace: "s*", daily: 5}, {team: web, daily: 7, monthly: 200}, {costCenter: cc-1, monthly: 300}]
                """,
                "namespend_(budget|currency)",
                "shared_",
                "external_"))
        .isEqualTo(
            """
            external_service_hourly_cost{category="database",cost_center="",namespace="shop",service="atlas",team=""} 1.5
            external_service_hourly_cost{category="monitoring",cost_center="cc-2",namespace="",service="datadog",team="data"} 0.041666666666666664
            namespend_budget{name="cc-1",period="month",scope="cost_center"} 300.0
            namespend_budget{name="search",period="day",scope="namespace"} 5.0
            namespend_budget{name="search",period="month",scope="namespace"} 900.0
            namespend_budget{name="shop",period="day",scope="namespace"} 5.0
            namespend_budget{name="web",period="day",scope="team"} 7.0
            namespend_budget{name="web",period="month",scope="team"} 200.0
            namespend_currency_info{currency="EUR"} 1
            shared_service_hourly_cost{category="database",service="rds"} 2.0
            """);
  }

  @Test
  void billsOfTheLastTwoMonthsThatAreOver() throws IOException {
    assertThat(
            text(
                """
                bills:
                  - {month: 2025-10, amount: 1}
                  - {month: 2026-08, amount: 2}
                  - {month: 2026-09, amount: 40118.2}
                  - {month: 2026-10, amount: 41234.56}
                """,
                "namespend_bill"))
        .isEqualTo(
            """
            namespend_bill_cost{month="10"} 41234.56
            namespend_bill_cost{month="9"} 40118.2
            """);
  }

  @Test
  void hostileNamesAreEscaped() throws IOException {
    assertThat(
            text(
                "ownership: {defaults: {team: 'say \"hi\" \\ ünïcode \uD83D\uDCB8'}}",
                "namespend_owner_default"))
        .contains("team=\"say \\\"hi\\\" \\\\ ünïcode \uD83D\uDCB8\"");
  }

  @Test
  void howThePolicyFileIs() {
    String text =
        Exposition.text(
            new ConfigMetrics(() -> new ReloadStatus(Instant.ofEpochSecond(1500), false, 3))
                .collect());

    assertThat(text.replaceAll("(?m)^#.*\n", ""))
        .isEqualTo(
            """
            namespend_config_last_reload_successful 0.0
            namespend_config_reload_failures_total 3.0
            namespend_config_reload_success_timestamp_seconds 1500.0
            """);
  }

  private String text(String yaml, String... beginnings) throws IOException {
    Policy policy =
        PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), NOW).policy();
    return Exposition.families(
            Exposition.metrics(Map.of(), true, policy)
                .of(ClusterYaml.snapshot(CLUSTER, policy.ownership().labelNames()), NOW),
            beginnings)
        .replaceAll("(?m)^#.*\n", "");
  }
}
