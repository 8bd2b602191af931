package io.namespend.exporter.exposition;

import static java.util.Map.entry;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the series of each family add up to that rules turn into money, on the same page as those
 * series. Between the page and the rules a family may lose series, or get them late, twice or with
 * other labels; the rules then read another sum.
 */
final class PublishedSums {
  /**
   * Families, without the suffix of infos, and the label that tells apart what must not be added
   * up: cores and bytes, or facts whose number is the same. Empty for money, which is one sum.
   */
  private static final Map<String, String> FAMILIES =
      Map.ofEntries(
          entry("node_cpu_hourly_cost", ""),
          entry("node_ram_hourly_cost", ""),
          entry("node_gpu_hourly_cost", ""),
          entry("node_total_hourly_cost", ""),
          entry("namespend_node_capacity", "resource"),
          entry("namespend_node_allocatable", "resource"),
          entry("namespend_node_requested", "resource"),
          entry("namespend_node_requested_charged", "resource"),
          entry("namespend_node_group", ""),
          entry("namespend_namespace_place_request_hourly_cost", ""),
          entry("namespend_claim_hourly_cost", ""),
          entry("namespend_unclaimed_volume_hourly_cost", ""),
          entry("kubecost_load_balancer_cost", ""),
          entry("kubecost_cluster_management_cost", ""),
          entry("shared_service_hourly_cost", ""),
          entry("external_service_hourly_cost", "namespace"),
          entry("namespend_workload_request_hourly_cost", ""),
          entry("namespend_workload_requested", "resource"),
          entry("namespend_pod_request_hourly_cost", ""),
          entry("namespend_pod_gpu_request_hourly_cost", ""),
          entry("namespend_allocation_weight", "basis"),
          entry("namespend_namespace", "tenancy"),
          entry("namespend_workload_owner", ""),
          entry("namespend_owner_default", ""),
          entry("namespend_foreign_workload", "policy"),
          entry("namespend_pool_split", "split"),
          entry("namespend_pool_per", "per"),
          entry("namespend_pool_weight", ""),
          entry("namespend_pool_floor_hourly_cost", ""));

  private final Memo<Map<String, Map<String, Double>>, MetricSnapshot> snapshots =
      new Memo<>(PublishedSums::snapshot);

  MetricSnapshot of(List<MetricSnapshot> families) {
    Map<String, Map<String, Double>> sums = new TreeMap<>();
    for (MetricSnapshot family : families) {
      String name = family.getMetadata().getName();
      String part = FAMILIES.get(name);
      if (part != null && !family.getDataPoints().isEmpty()) {
        boolean isInfo = family instanceof InfoSnapshot;
        add(
            family,
            part,
            sums.computeIfAbsent(isInfo ? name + "_info" : name, n -> new TreeMap<>()));
      }
    }
    return snapshots.of(sums);
  }

  private static MetricSnapshot snapshot(Map<String, Map<String, Double>> sums) {
    var published =
        new GaugeFamily(
            "namespend_published_sum",
            "[STABLE] What the series of a family on this page add up to, for comparison with what"
                + " the rules read; part is their resource, basis, tenancy,"
                + " split, per, policy or namespace.",
            "family",
            "part");
    sums.forEach((name, parts) -> parts.forEach((part, sum) -> published.add(sum, name, part)));
    return published.snapshot();
  }

  private static void add(MetricSnapshot family, String part, Map<String, Double> sums) {
    if (part.isEmpty()) {
      double sum = 0;
      for (DataPointSnapshot series : family.getDataPoints()) {
        sum += value(series);
      }
      sums.merge("", sum, Double::sum);
    } else {
      for (DataPointSnapshot series : family.getDataPoints()) {
        String value = series.getLabels().get(part);
        sums.merge(value == null ? "" : value, value(series), Double::sum);
      }
    }
  }

  /** An info is 1. */
  private static double value(DataPointSnapshot series) {
    return series instanceof GaugeDataPointSnapshot gauge ? gauge.getValue() : 1;
  }
}
