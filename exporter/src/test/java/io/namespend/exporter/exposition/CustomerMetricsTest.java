package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers of a policy and a cluster in, exposition text out. */
class CustomerMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: silo, labels: {customer: acme}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: other}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: shop, name: api-1}
      spec: {nodeName: n1}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: shop, name: report, labels: {customer: beta}}
      spec: {nodeName: n1}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: silo, name: db}
      spec: {nodeName: n1}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: other, name: tool}
      spec: {nodeName: n1}
      """;

  @TempDir private Path folder;

  @Test
  void membersOfServicesAndOfCustomers() throws IOException {
    assertThat(
            text(
                """
                customers:
                  labels: [customer]
                  services: [{name: api, namespaces: [shop], workloads: ["api-*"]}]
                """,
                "namespend_customer_member"))
        .isEqualTo(
            """
            namespend_customer_member_info{customer="",namespace="shop",service="api",workload="",workload_type=""} 1
            namespend_customer_member_info{customer="",namespace="shop",service="api",workload="api-1",workload_type="pod"} 1
            namespend_customer_member_info{customer="acme",namespace="silo",service="dedicated",workload="",workload_type=""} 1
            namespend_customer_member_info{customer="acme",namespace="silo",service="dedicated",workload="db",workload_type="pod"} 1
            namespend_customer_member_info{customer="beta",namespace="shop",service="dedicated",workload="report",workload_type="pod"} 1
            """);
  }

  @Test
  void servicesCustomersAndUnitsOfTheMoment() throws IOException {
    Files.writeString(
        folder.resolve("customers.csv"),
        """
        id,name,tier,revenue_monthly,weight,valid_from,valid_until
        acme,Acme Corporation,pro,7200,3,,2026-12-01
        acme,Acme Corporation,pro,9999,3,2026-12-01,
        beta,Beta GmbH,,,,,
        late,Late Inc.,pro,1,1,2026-12-01,
        """);
    assertThat(
            text(
                """
                sharedServices: [{name: rds, category: database, hourlyCost: 2}]
                externalServices: [{name: queue, category: messaging, hourlyCost: 1, namespace: shop}]
                customers:
                  directory: customers.csv
                  named: 7
                  services:
                    - {name: api, namespaces: [shop], window: 24h}
                    - {name: db, pools: [rds], externalServices: [queue], variable: 0.6, base: weight}
                    - {name: rest, pools: [control-plane], variable: 0}
                units:
                  - {name: order, services: [api, db], minimum: 5}
                  - {name: day}
                """,
                "namespend_customer_(?!member)",
                "namespend_customers_",
                "namespend_unit_"))
        .isEqualTo(
            """
            namespend_customer_base_weight{customer="acme",service="db"} 3.0
            namespend_customer_base_weight{customer="acme",service="rest"} 1.0
            namespend_customer_base_weight{customer="beta",service="db"} 1.0
            namespend_customer_base_weight{customer="beta",service="rest"} 1.0
            namespend_customer_base_weight{customer="unattributed",service="rest"} 1.0
            namespend_customer_info{customer="acme",tier="pro"} 1
            namespend_customer_info{customer="beta",tier=""} 1
            namespend_customer_revenue_hourly{customer="acme"} 10.0
            namespend_customer_service_external_info{external_service="queue",service="db"} 1
            namespend_customer_service_info{base="proportional",service="api",window="24h"} 1
            namespend_customer_service_info{base="proportional",service="rest",window="1h"} 1
            namespend_customer_service_info{base="weight",service="db",window="1h"} 1
            namespend_customer_service_pool_info{pool="control-plane",service="rest"} 1
            namespend_customer_service_pool_info{pool="rds",service="db"} 1
            namespend_customer_service_variable{service="api"} 1.0
            namespend_customer_service_variable{service="db"} 0.6
            namespend_customer_service_variable{service="rest"} 0.0
            namespend_customers_named 7.0
            namespend_unit_info{name="",scope="cluster",unit="day"} 1
            namespend_unit_info{name="api",scope="service",unit="order"} 1
            namespend_unit_info{name="db",scope="service",unit="order"} 1
            namespend_unit_minimum{unit="day"} 0.0
            namespend_unit_minimum{unit="order"} 5.0
            """);
  }

  /** The page of whoever does not ask for customers stays as it was, and names are on none. */
  @Test
  void nothingWithoutCustomersAndNeverAName() throws IOException {
    assertThat(text("currency: USD", "namespend_customer", "namespend_unit")).isBlank();

    Files.writeString(folder.resolve("customers.csv"), "id,name\nacme,Acme Corporation\n");
    assertThat(text("customers: {directory: customers.csv}", ".*")).doesNotContain("Corporation");
  }

  private String text(String yaml, String... beginnings) throws IOException {
    Policy policy =
        PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), NOW).policy();
    return Exposition.families(
            Exposition.metrics(Map.of(), true, policy)
                .of(ClusterYaml.snapshot(CLUSTER, policy.labelNames()), NOW),
            beginnings)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
