package io.namespend.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.web.CostOverview;
import io.namespend.exporter.web.CostOverview.Fact;
import io.namespend.exporter.web.CostOverview.Table;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.junit.jupiter.api.Test;

class PublishedCostsTest {
  @Test
  void addsUpWhatIsPublished() {
    CostOverview costs = PublishedCosts.of(cluster("USD"));

    assertThat(costs.facts())
        .containsExactly(
            new Fact("The cluster", "$1.3000", "$949.00", ""),
            new Fact("Nodes", "$1.2000", "$876.00", "12 nodes"),
            new Fact("Control plane", "$0.1000", "$73.00", ""),
            new Fact("Requested", "$0.5000", "$365.00", "41.7% of the nodes"),
            new Fact("Rests on estimates", "$0.1300", "$94.90", "10.0%; type"),
            new Fact(
                "Has no owner",
                "$0.1000",
                "$73.00",
                "20.0% of what is requested; \"namespend audit-labels\" lists it"));
    assertThat(costs.tables())
        .extracting(Table::title)
        .containsExactly("Nodes", "Namespaces, by request", "Workloads, by request");
    Table nodes = costs.tables().get(0);
    assertThat(nodes.rows()).hasSize(10);
    assertThat(nodes.rows().get(0))
        .isEqualTo(new Fact("n00", "$0.1000", "$73.00", "m5.large, price from builtin"));
    assertThat(nodes.more()).isEqualTo("and 2 more: $0.2000 an hour");
    assertThat(costs.tables().get(1).rows())
        .containsExactly(
            new Fact("shop", "$0.4000", "$292.00", "web"),
            new Fact("tools", "$0.1000", "$73.00", ""));
    assertThat(costs.tables().get(2).rows().get(0).name()).isEqualTo("shop/deployment/api");
  }

  @Test
  void followsTheCurrency() {
    assertThat(PublishedCosts.of(cluster("EUR")).facts().get(0).hourly()).isEqualTo("1.3000 EUR");
  }

  @Test
  void beforeTheFirstNodeThereIsNothing() {
    assertThat(PublishedCosts.of(new MetricSnapshots())).isEqualTo(CostOverview.NONE);
  }

  private static MetricSnapshots cluster(String currency) {
    GaugeSnapshot.Builder nodes = gauge("node_total_hourly_cost");
    InfoSnapshot.Builder infos = InfoSnapshot.builder().name("namespend_node").help("h");
    for (int i = 0; i < 12; i++) {
      String name = "n%02d".formatted(i);
      nodes.dataPoint(point(0.1, "node", name));
      infos.dataPoint(info("node", name, "instance_type", "m5.large", "price_source", "builtin"));
    }
    return new MetricSnapshots(
        nodes.build(),
        infos.build(),
        gauge("kubecost_cluster_management_cost")
            .dataPoint(point(0.1, "provisioner_name", "EKS"))
            .build(),
        gauge("namespend_workload_request_hourly_cost")
            .dataPoint(request(0.3, "shop", "api", "cpu"))
            .dataPoint(request(0.1, "shop", "api", "memory"))
            .dataPoint(request(0.1, "tools", "ci", "cpu"))
            .build(),
        gauge("namespend_estimated_cost")
            .dataPoint(point(0.13, "kind", "node", "reason", "type"))
            .build(),
        InfoSnapshot.builder()
            .name("namespend_namespace")
            .help("h")
            .dataPoint(info("namespace", "shop", "team", "web"))
            .build(),
        InfoSnapshot.builder()
            .name("namespend_workload_owner")
            .help("h")
            .dataPoint(owner("shop", "api", "namespace-label"))
            .dataPoint(owner("tools", "ci", "default"))
            .build(),
        InfoSnapshot.builder()
            .name("namespend_currency")
            .help("h")
            .dataPoint(info("currency", currency))
            .build());
  }

  private static GaugeSnapshot.Builder gauge(String name) {
    return GaugeSnapshot.builder().name(name).help("h");
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot request(
      double cost, String namespace, String workload, String resource) {
    return point(
        cost,
        "namespace",
        namespace,
        "workload_type",
        "deployment",
        "workload",
        workload,
        "resource",
        resource);
  }

  private static InfoSnapshot.InfoDataPointSnapshot owner(
      String namespace, String workload, String source) {
    return info(
        "namespace",
        namespace,
        "workload_type",
        "deployment",
        "workload",
        workload,
        "owner_source",
        source);
  }

  private static GaugeSnapshot.GaugeDataPointSnapshot point(double value, String... labels) {
    return GaugeSnapshot.GaugeDataPointSnapshot.builder()
        .value(value)
        .labels(Labels.of(labels))
        .build();
  }

  private static InfoSnapshot.InfoDataPointSnapshot info(String... labels) {
    return InfoSnapshot.InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build();
  }
}
