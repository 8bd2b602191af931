package io.namespend.testbed.cadvisor;

import io.namespend.testbed.simulation.SimContainer;
import io.namespend.testbed.simulation.SimNode;
import io.namespend.testbed.simulation.SimPod;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.util.ArrayList;
import java.util.List;

/**
 * What a kubelet's cAdvisor says of a node: its containers, and beside them the rows that must not
 * be counted: the machine, the cgroup slices, each pod's sum and each pod's pause container.
 */
public final class CadvisorRows {
  private static final String CPU = "container_cpu_usage_seconds_total";
  private static final String MEMORY = "container_memory_working_set_bytes";
  static final List<String> METRICS = List.of(CPU, MEMORY);

  private static final double PAUSE_CORES = 0.0001;
  private static final double PAUSE_BYTES = 700_000;

  private final List<CadvisorSample> rows = new ArrayList<>();
  private double nodeCpu;
  private double nodeMemory;

  private CadvisorRows() {}

  public static List<CadvisorSample> of(SimulatedCluster cluster, SimNode node, long second) {
    CadvisorRows page = new CadvisorRows();
    cluster.podsAt(second).stream()
        .filter(pod -> pod.runsAt(second) && pod.node().orElseThrow().equals(node))
        .forEach(pod -> page.addPod(pod, second));
    page.addCgroup("/kubepods.slice");
    page.addCgroup("/");
    return page.rows;
  }

  private void addPod(SimPod pod, long second) {
    String slice = "/kubepods.slice/pod-" + pod.name();
    double cpu = PAUSE_CORES * (second - pod.start());
    double memory = PAUSE_BYTES;
    add(slice + "/pause", "POD", "registry.k8s.io/pause:3.9", pod, cpu, memory);
    for (SimContainer container : pod.running()) {
      double used = pod.cpuSeconds(container, (double) second);
      double held = container.memory().at((double) second);
      String name = container.name();
      add(slice + "/" + name, name, "registry.example/" + name + ":1", pod, used, held);
      cpu += used;
      memory += held;
    }
    add(slice, "", "", pod, cpu, memory);
    nodeCpu += cpu;
    nodeMemory += memory;
  }

  private void add(
      String id, String container, String image, SimPod pod, double cpu, double memory) {
    List<String> labels =
        List.of(
            "container",
            container,
            "id",
            id,
            "image",
            image,
            "name",
            container.isEmpty() ? "" : Integer.toHexString(id.hashCode()),
            "namespace",
            pod.namespace(),
            "pod",
            pod.name());
    addRow(labels, cpu, memory);
  }

  private void addCgroup(String id) {
    addRow(
        List.of("container", "", "id", id, "image", "", "name", "", "namespace", "", "pod", ""),
        nodeCpu,
        nodeMemory);
  }

  private void addRow(List<String> labels, double cpu, double memory) {
    List<String> withCpu = new ArrayList<>(labels);
    withCpu.addAll(2, List.of("cpu", "total"));
    rows.add(new CadvisorSample(CPU, withCpu, cpu));
    rows.add(new CadvisorSample(MEMORY, labels, memory));
  }
}
