package io.namespend.testbed.benchmark;

import io.namespend.exporter.policy.pool.Per;
import io.namespend.exporter.policy.pool.Pool;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Namespend's exporter would publish of the cluster, with ten pools. */
final class ExporterPage {
  private static final double CORE = 0.031611;
  private static final double GIB = 0.004237;
  private static final double NODE = 16 * CORE + 64 * GIB;
  private static final double BYTE = GIB / (1L << 30);

  private static final List<String> STANDING_POOLS =
      List.of("idle", "system", "unclaimed-storage", "control-plane");

  private static final List<String> SERVICES =
      List.of("database", "kafka", "nat", "registry", "support", "observability");

  private final LargeCluster cluster;

  ExporterPage(LargeCluster cluster) {
    this.cluster = cluster;
  }

  void write(Series out, int firstPod, int endPod, long second) throws IOException {
    nodes(out);
    places(out);
    pods(out);
    workloads(out);
    namespaces(out);
    pools(out);
  }

  private void nodes(Series out) throws IOException {
    for (int i = 0; i < cluster.nodes(); i++) {
      String node = LargeCluster.nodeName(i);
      String[] labels = {"node", node, "instance", node, "instance_type", "m5.4xlarge"};
      out.add("node_cpu_hourly_cost", CORE, labels);
      out.add("node_ram_hourly_cost", GIB, labels);
      out.add("node_gpu_hourly_cost", 0, labels);
      out.add("node_total_hourly_cost", NODE, labels);
      out.add("namespend_node_capacity", 16, "node", node, "resource", "cpu");
      out.add("namespend_node_capacity", 64.0 * (1L << 30), "node", node, "resource", "memory");
      out.add("namespend_node_allocatable", 15.8, "node", node, "resource", "cpu");
      out.add("namespend_node_allocatable", 60.0 * (1L << 30), "node", node, "resource", "memory");
    }
    out.add("kubecost_cluster_management_cost", 0.1, "provisioner_name", "EKS");
  }

  /** Requests by node, and by namespace and place. */
  private void places(Series out) throws IOException {
    double[] cores = new double[cluster.nodes()];
    double[] bytes = new double[cluster.nodes()];
    Map<List<String>, double[]> costs = new TreeMap<>(Comparator.comparing(List::toString));
    for (int pod = 0; pod < cluster.pods(); pod++) {
      int node = cluster.nodeOf(pod);
      double podCores = cluster.containersOf(pod) * LargeCluster.requestedCores(pod);
      double podBytes = cluster.containersOf(pod) * LargeCluster.requestedBytes(pod);
      cores[node] += podCores;
      bytes[node] += podBytes;
      if (cluster.per() != Per.CLUSTER) {
        String namespace = cluster.namespaceOfWorkload(cluster.workloadOf(pod));
        double[] cost =
            costs.computeIfAbsent(List.of(namespace, cluster.place(node)), place -> new double[2]);
        cost[0] += podCores * CORE;
        cost[1] += podBytes * BYTE;
      }
    }
    for (int i = 0; i < cluster.nodes(); i++) {
      String node = LargeCluster.nodeName(i);
      out.add(
          "namespend_node_group_info",
          1,
          "node",
          node,
          "node_group",
          LargeCluster.group(i),
          "place",
          cluster.place(i));
      out.add("namespend_node_requested", cores[i], "node", node, "resource", "cpu");
      out.add("namespend_node_requested", bytes[i], "node", node, "resource", "memory");
      String charged = "namespend_node_requested_charged";
      out.add(charged, 0.7 * cores[i], "node", node, "resource", "cpu");
      out.add(charged, 0.7 * bytes[i], "node", node, "resource", "memory");
    }
    for (var cost : costs.entrySet()) {
      request(out, cost.getKey(), "cpu", cost.getValue()[0]);
      request(out, cost.getKey(), "memory", cost.getValue()[1]);
    }
  }

  private static void request(
      Series out, List<String> namespaceAndPlace, String resource, double cost) throws IOException {
    out.add(
        "namespend_namespace_place_request_hourly_cost",
        cost,
        "namespace",
        namespaceAndPlace.get(0),
        "place",
        namespaceAndPlace.get(1),
        "resource",
        resource);
  }

  private void pods(Series out) throws IOException {
    for (int pod = 0; pod < cluster.pods(); pod++) {
      int workload = cluster.workloadOf(pod);
      out.add(
          "namespend_pod_request_hourly_cost",
          cluster.containersOf(pod)
              * (LargeCluster.requestedCores(pod) * CORE + LargeCluster.requestedBytes(pod) * BYTE),
          "namespace",
          cluster.namespaceOfWorkload(workload),
          "pod",
          cluster.podName(pod),
          "node",
          cluster.node(pod),
          "workload_type",
          "deployment",
          "workload",
          LargeCluster.workloadName(workload));
    }
  }

  private void workloads(Series out) throws IOException {
    double[] cores = new double[cluster.workloads()];
    double[] bytes = new double[cluster.workloads()];
    for (int pod = 0; pod < cluster.pods(); pod++) {
      cores[cluster.workloadOf(pod)] +=
          cluster.containersOf(pod) * LargeCluster.requestedCores(pod);
      bytes[cluster.workloadOf(pod)] +=
          cluster.containersOf(pod) * LargeCluster.requestedBytes(pod);
    }
    for (int workload = 0; workload < cluster.workloads(); workload++) {
      String namespace = cluster.namespaceOfWorkload(workload);
      String name = LargeCluster.workloadName(workload);
      request(out, namespace, name, "cpu", cores[workload] * CORE);
      request(out, namespace, name, "memory", bytes[workload] * BYTE);
      out.add(
          "namespend_workload_owner_info",
          1,
          "namespace",
          namespace,
          "workload_type",
          "deployment",
          "workload",
          name,
          "team",
          "team-" + workload % 200,
          "cost_center",
          "cc-" + workload % 50,
          "environment",
          "production");
    }
  }

  private static void request(
      Series out, String namespace, String name, String resource, double cost) throws IOException {
    out.add(
        "namespend_workload_request_hourly_cost",
        cost,
        "namespace",
        namespace,
        "workload_type",
        "deployment",
        "workload",
        name,
        "resource",
        resource);
  }

  private void namespaces(Series out) throws IOException {
    for (int i = 0; i < cluster.namespaces(); i++) {
      String namespace = LargeCluster.namespaceName(i);
      out.add("namespend_allocation_weight", 0.7, "namespace", namespace, "basis", "request");
      out.add("namespend_allocation_weight", 0.3, "namespace", namespace, "basis", "usage");
      out.add("namespend_allocation_weight", 0, "namespace", namespace, "basis", "max");
      out.add(
          "namespend_namespace_info",
          1,
          "namespace",
          namespace,
          "tenancy",
          "tenant",
          "team",
          "team-" + i % 200,
          "cost_center",
          "cc-" + i % 50,
          "environment",
          "production");
      for (int claim = 0; claim < 20; claim++) {
        out.add(
            "namespend_claim_hourly_cost",
            0.011,
            "namespace",
            namespace,
            "persistentvolumeclaim",
            "data-" + claim,
            "persistentvolume",
            "pv-" + i + "-" + claim);
      }
    }
    out.add(
        "namespend_owner_default_info",
        1,
        "team",
        "unattributed",
        "cost_center",
        "unattributed",
        "environment",
        "unknown");
  }

  private void pools(Series out) throws IOException {
    for (String pool : STANDING_POOLS) {
      pool(out, pool);
    }
    for (String service : SERVICES) {
      out.add("shared_service_hourly_cost", 12.5, "service", service, "category", "shared");
      pool(out, service);
    }
  }

  private void pool(Series out, String pool) throws IOException {
    out.add("namespend_pool_split_info", 1, "pool", pool, "split", "proportional");
    if (cluster.per() != Per.CLUSTER && Pool.OF_NODES.contains(pool)) {
      out.add("namespend_pool_per_info", 1, "pool", pool, "per", cluster.per().text());
    }
    for (int i = 0; i < cluster.namespaces(); i++) {
      out.add("namespend_pool_weight", 1, "pool", pool, "namespace", LargeCluster.namespaceName(i));
    }
  }
}
