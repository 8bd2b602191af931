package io.namespend.testbed.model;

import static java.util.stream.Collectors.toMap;

import io.namespend.testbed.model.Scenario.Container;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Section 2 of the policy: what pods are charged for CPU, memory and GPUs, per hour. */
final class Charges {
  /** A pod that holds resources, with its price by each basis and what it is charged. */
  record PodCharge(Pod pod, Bases cpu, Bases memory, Parts charged) {}

  /**
   * The price of one resource by each basis.
   *
   * @param unmeasured what stands in for usage that nothing measured
   */
  record Bases(double request, double usage, double unmeasured, double max) {
    double weighted(Weights weights) {
      return weights.request() * request
          + weights.usage() * (usage + unmeasured)
          + weights.max() * max;
    }
  }

  /** What a workload's pods request of CPU and memory, in money. */
  private record Requested(double cpu, double memory) {
    static final Requested NOTHING = new Requested(0, 0);

    Requested plus(Requested other) {
      return new Requested(cpu + other.cpu, memory + other.memory);
    }

    double sum() {
      return cpu + memory;
    }

    /** This much money, in the proportion of CPU and memory that the workload requests. */
    Requested split(double money) {
      return sum() == 0 ? NOTHING : new Requested(money * cpu / sum(), money * memory / sum());
    }
  }

  /** By how much requests on a node count, so that they are at most what the node has. */
  private record Ceiling(double cores, double gib, double gpus) {
    static Ceiling of(Node node, List<Pod> pods) {
      return new Ceiling(
          fit(node.capacity().cores(), pods, container -> container.request().cores()),
          fit(node.capacity().gib(), pods, container -> container.request().gib()),
          fit(node.capacity().gpus(), pods, container -> container.request().gpus()));
    }

    Requested requested(Pod pod, Rates rates) {
      return new Requested(
          cores * sum(pod, container -> container.request().cores()) * rates.core(),
          gib * sum(pod, container -> container.request().gib()) * rates.gib());
    }
  }

  /** What is charged. */
  record Parts(double cpu, double memory, double gpu) {
    double sum() {
      return cpu + memory + gpu;
    }

    Parts times(double factor) {
      return new Parts(cpu * factor, memory * factor, gpu * factor);
    }
  }

  private final Scenario scenario;
  private final Map<String, Weights> weights;

  private Charges(Scenario scenario) {
    this.scenario = scenario;
    this.weights =
        scenario.namespaces().stream().collect(toMap(Namespace::name, Namespace::weights));
  }

  static List<PodCharge> of(Scenario scenario) {
    List<PodCharge> charges = new Charges(scenario).beforeCeiling();
    double whole = scenario.nodes().stream().mapToDouble(Rates::price).sum();
    double sum = charges.stream().mapToDouble(charge -> charge.charged().sum()).sum();
    if (sum <= whole) {
      return charges;
    }
    return charges.stream()
        .map(
            charge ->
                new PodCharge(
                    charge.pod, charge.cpu, charge.memory, charge.charged.times(whole / sum)))
        .toList();
  }

  private List<PodCharge> beforeCeiling() {
    List<PodCharge> charges = new ArrayList<>();
    Map<String, Requested> requestedOfWorkload = requestedOfWorkloads();
    for (Node node : scenario.nodes()) {
      Rates rates = Rates.of(node);
      List<Pod> pods = podsOn(node);
      Ceiling ceiling = Ceiling.of(node, pods);
      double coreFit = fit(node.capacity().cores(), pods, Charges::maxCores);
      double gibFit = fit(node.capacity().gib(), pods, Charges::maxGib);
      for (Pod pod : pods) {
        Requested requested = ceiling.requested(pod, rates);
        Requested unmeasured =
            isMeasured(pod)
                ? Requested.NOTHING
                : requestedOfWorkload
                    .getOrDefault(workloadOf(pod), Requested.NOTHING)
                    .split(requested.sum());
        Bases cpu =
            new Bases(
                requested.cpu(),
                sum(pod, Container::usedCores) * rates.core(),
                unmeasured.cpu(),
                sum(pod, Charges::maxCores) * coreFit * rates.core());
        Bases memory =
            new Bases(
                requested.memory(),
                sum(pod, container -> container.usedMib() / 1024) * rates.gib(),
                unmeasured.memory(),
                sum(pod, Charges::maxGib) * gibFit * rates.gib());
        double gpus = ceiling.gpus() * sum(pod, container -> container.request().gpus());
        Weights model = weights.getOrDefault(pod.namespace(), Weights.NONE);
        charges.add(
            new PodCharge(
                pod,
                cpu,
                memory,
                new Parts(cpu.weighted(model), memory.weighted(model), gpus * rates.gpu())));
      }
    }
    return charges;
  }

  private Map<String, Requested> requestedOfWorkloads() {
    Map<String, Requested> requested = new HashMap<>();
    for (Node node : scenario.nodes()) {
      Rates rates = Rates.of(node);
      List<Pod> pods = podsOn(node);
      Ceiling ceiling = Ceiling.of(node, pods);
      pods.forEach(
          pod -> requested.merge(workloadOf(pod), ceiling.requested(pod, rates), Requested::plus));
    }
    return requested;
  }

  /** Those that hold something of it, or did. */
  private List<Pod> podsOn(Node node) {
    return scenario.pods().stream()
        .filter(pod -> pod.node().equals(node.name()))
        .filter(pod -> pod.phase() == Phase.RUNNING || pod.phase() == Phase.UNSEEN)
        .toList();
  }

  private static String workloadOf(Pod pod) {
    return String.join("/", pod.namespace(), pod.workloadType(), pod.workload());
  }

  /** A pod of which nobody measured anything is charged as it requests, whatever its model. */
  private static boolean isMeasured(Pod pod) {
    return pod.phase() == Phase.UNSEEN
        || pod.containers().stream().anyMatch(each -> each.usedCores() > 0 || each.usedMib() > 0);
  }

  /** By what the amounts of a node's containers are scaled. */
  private static double fit(double capacity, List<Pod> pods, ToDoubleFunction<Container> max) {
    double sum = pods.stream().mapToDouble(pod -> sum(pod, max)).sum();
    return sum <= capacity ? 1 : capacity / sum;
  }

  private static double maxCores(Container container) {
    return Math.max(container.request().cores(), container.usedCores());
  }

  private static double maxGib(Container container) {
    return Math.max(container.request().gib(), container.usedMib() / 1024);
  }

  private static double sum(Pod pod, ToDoubleFunction<Container> amount) {
    return pod.containers().stream().mapToDouble(amount).sum();
  }
}
