package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.price.PricedNode;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.stream.Stream;

/** Prices and sizes of nodes. */
final class NodeMetrics {
  /** The labels that dashboards of the OpenCost ecosystem join on. */
  private static final String[] PRICE_LABELS = {
    "instance", "node", "instance_type", "region", "provider_id", "arch"
  };

  private NodeMetrics() {}

  static List<MetricSnapshot> of(List<PricedNode> nodes) {
    var cpu =
        new GaugeFamily(
            "node_cpu_hourly_cost",
            "[STABLE] Price of one vCPU of the node for one hour, from the node's price_source.",
            PRICE_LABELS);
    var ram =
        new GaugeFamily(
            "node_ram_hourly_cost",
            "[STABLE] Price of one GiB of memory of the node for one hour.",
            PRICE_LABELS);
    var gpu =
        new GaugeFamily(
            "node_gpu_hourly_cost",
            "[STABLE] Price of one GPU of the node for one hour; 0 without GPUs.",
            PRICE_LABELS);
    var gpuCount = new GaugeFamily("node_gpu_count", "[STABLE] GPUs of the node.", PRICE_LABELS);
    var total =
        new GaugeFamily(
            "node_total_hourly_cost",
            "[STABLE] Price of the whole node for one hour; the rates times the capacity.",
            PRICE_LABELS);
    var spot =
        new GaugeFamily(
            "kubecost_node_is_spot",
            "[STABLE] 1 for a spot or preemptible node, else 0, from its labels.",
            PRICE_LABELS);
    var info =
        new InfoFamily(
            "namespend_node",
            "[STABLE] What the node is and where its price comes from.",
            "node",
            "instance_type",
            "capacity_type",
            "zone",
            "region",
            "price_source");
    var capacity =
        new GaugeFamily(
            "namespend_node_capacity",
            "[STABLE] What the node has, as priced: cores, bytes, GPUs. From the node's status.",
            "node",
            "resource");
    var allocatable =
        new GaugeFamily(
            "namespend_node_allocatable",
            "[STABLE] What pods can get of the node: cores, bytes, GPUs. From the node's status.",
            "node",
            "resource");
    var estimated =
        new GaugeFamily(
            "namespend_nodes_fallback_priced",
            "[STABLE] Nodes whose price is an estimate, because no price source knows them.");
    for (PricedNode priced : nodes) {
      Node node = priced.node();
      Labels labels =
          Labels.of(
              PRICE_LABELS,
              new String[] {
                node.name(),
                node.name(),
                node.instanceType(),
                node.region(),
                node.providerId(),
                node.arch()
              });
      cpu.add(priced.rates().cpu(), labels);
      ram.add(priced.rates().memory(), labels);
      gpu.add(priced.rates().gpu(), labels);
      gpuCount.add(priced.capacity().gpus(), labels);
      total.add(priced.hourly(), labels);
      spot.add(node.capacityType() == CapacityType.SPOT ? 1 : 0, labels);
      info.add(
          node.name(),
          node.instanceType(),
          node.capacityType().label(),
          node.zone(),
          node.region(),
          priced.quote().source());
      // GPUs of which pods can get none are there all the same.
      boolean gpus = priced.capacity().gpus() > 0;
      addAmounts(capacity, priced.capacity().times(priced.presence()), gpus, node.name());
      addAmounts(allocatable, priced.allocatable().times(priced.presence()), gpus, node.name());
    }
    estimated.add((double) nodes.stream().filter(node -> node.quote().estimated()).count());
    return Stream.concat(
            Stream.of(cpu, ram, gpu, gpuCount, total, spot, capacity, allocatable, estimated)
                .map(GaugeFamily::snapshot),
            Stream.of(info.snapshot()))
        .map(MetricSnapshot.class::cast)
        .toList();
  }

  private static void addAmounts(GaugeFamily family, Resources amount, boolean gpus, String node) {
    family.add(amount.cpuCores(), node, "cpu");
    family.add(amount.memoryBytes(), node, "memory");
    if (gpus) {
      family.add(amount.gpus(), node, "gpu");
    }
  }
}
