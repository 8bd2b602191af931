package io.namespend.testbed.random;

import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Amount;
import io.namespend.testbed.model.Scenario.Container;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import java.util.ArrayList;
import java.util.List;

/** What kubelets and kube-state-metrics say of a scenario, with the rows that must not count. */
final class MeasuredSeries {
  private static final double MIB = 1024 * 1024;
  private static final List<String> PHASES =
      List.of("Pending", "Running", "Succeeded", "Failed", "Unknown");

  private final List<FedSeries> series = new ArrayList<>();

  private MeasuredSeries() {}

  static List<FedSeries> of(Scenario scenario) {
    MeasuredSeries measured = new MeasuredSeries();
    int targets = scenario.oddities().twoKubelets() ? 2 : 1;
    for (int target = 0; target < targets; target++) {
      List<String> targetLabels =
          List.of("job", "kubelet-" + target, "instance", "10.1.0." + target);
      for (Pod pod : scenario.pods()) {
        measured.addUsage(pod, targetLabels);
        if (pod.phase() != Phase.UNSEEN) {
          measured.addState(pod, targetLabels);
        }
      }
    }
    return measured.series;
  }

  private void addUsage(Pod pod, List<String> target) {
    double cores = 0;
    double mib = 0;
    for (Container container : pod.containers()) {
      if (container.usedCores() > 0 || container.usedMib() > 0) {
        addRow(pod, container.name(), container.usedCores(), container.usedMib(), target);
      }
      cores += container.usedCores();
      mib += container.usedMib();
    }
    if (cores > 0 || mib > 0) {
      addRow(pod, "POD", 0.001, 1, target);
      addRow(pod, "", cores + 0.001, mib + 1, target);
    }
  }

  private void addRow(Pod pod, String container, double cores, double mib, List<String> target) {
    List<String> labels = new ArrayList<>(identity(pod));
    labels.addAll(List.of("container", container, "node", pod.node()));
    labels.addAll(List.of("id", cgroup(pod, container)));
    labels.addAll(List.of("image", container.isEmpty() ? "" : "registry.example/" + container));
    labels.addAll(target);
    series.add(
        FedSeries.gauge(SeriesText.of("container_memory_working_set_bytes", labels), mib * MIB));
    labels.addAll(List.of("cpu", "total"));
    series.add(
        FedSeries.counter(SeriesText.of("container_cpu_usage_seconds_total", labels), cores));
  }

  private static String cgroup(Pod pod, String container) {
    String ofPod = "/kubepods/burstable/pod" + pod.name();
    return container.isEmpty() ? ofPod : ofPod + "/" + container;
  }

  private void addState(Pod pod, List<String> target) {
    String actual =
        switch (pod.phase()) {
          case PENDING -> "Pending";
          case RUNNING, UNSEEN -> "Running";
          case FINISHED -> "Succeeded";
        };
    for (String phase : PHASES) {
      List<String> labels = new ArrayList<>(identity(pod));
      labels.addAll(List.of("phase", phase));
      labels.addAll(target);
      series.add(
          FedSeries.gauge(
              SeriesText.of("kube_pod_status_phase", labels), phase.equals(actual) ? 1 : 0));
    }
    for (Container container : pod.containers()) {
      Amount request = container.request();
      addRequest(pod, container, "cpu", "core", request.cores(), target);
      addRequest(pod, container, "memory", "byte", request.mib() * MIB, target);
      addRequest(pod, container, "nvidia_com_gpu", "integer", request.gpus(), target);
    }
  }

  private void addRequest(
      Pod pod, Container container, String resource, String unit, double amount, List<String> to) {
    if (amount == 0) {
      return;
    }
    List<String> labels = new ArrayList<>(identity(pod));
    labels.addAll(List.of("container", container.name(), "node", pod.node()));
    labels.addAll(List.of("resource", resource, "unit", unit));
    labels.addAll(to);
    series.add(
        FedSeries.gauge(SeriesText.of("kube_pod_container_resource_requests", labels), amount));
  }

  private static List<String> identity(Pod pod) {
    return List.of("namespace", pod.namespace(), "pod", pod.name());
  }
}
