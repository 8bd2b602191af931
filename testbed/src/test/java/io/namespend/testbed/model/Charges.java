package io.namespend.testbed.model;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.namespend.testbed.model.Scenario.Container;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    Bases withUsage(double fit) {
      return new Bases(request, usage * fit, unmeasured, max);
    }

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

  /** Before anything is scaled down because it is more than the cluster has. */
  static List<PodCharge> beforeCeiling(Scenario scenario) {
    return new Charges(scenario).beforeCeiling();
  }

  private List<PodCharge> beforeCeiling() {
    List<PodCharge> charges = new ArrayList<>();
    Map<String, Requested> requestedOfWorkload = requestedOfWorkloads();
    for (Node node : scenario.nodes()) {
      Rates rates = Rates.of(node);
      List<Pod> pods = podsOn(node);
      IdentityHashMap<Pod, Counted> counted = Counted.of(node, pods);
      double coreFit = fit(node.capacity().cores(), pods, Charges::maxCores);
      double gibFit = fit(node.capacity().gib(), pods, Charges::maxGib);
      // Counters of a node that all stand still are those of a kubelet that repeats itself.
      boolean standsStill = pods.stream().allMatch(pod -> sum(pod, Container::usedCores) == 0);
      List<PodCharge> onNode = new ArrayList<>();
      for (Pod pod : pods) {
        Counted requests = requireNonNull(counted.get(pod));
        Requested requested = at(requests, rates);
        Requested asRequested =
            pod.phase() == Phase.UNSEEN
                ? Requested.NOTHING
                : requestedOfWorkload
                    .getOrDefault(workloadOf(pod), Requested.NOTHING)
                    .split(requested.sum());
        Bases cpu =
            new Bases(
                requested.cpu(),
                sum(pod, Container::usedCores) * rates.core(),
                standsStill || !isMeasured(pod) ? asRequested.cpu() : 0,
                sum(pod, Charges::maxCores) * coreFit * rates.core());
        Bases memory =
            new Bases(
                requested.memory(),
                sum(pod, container -> container.usedMib() / 1024) * rates.gib(),
                isMeasured(pod) ? 0 : asRequested.memory(),
                sum(pod, Charges::maxGib) * gibFit * rates.gib());
        double gpus = requests.gpus();
        Weights model = weights.getOrDefault(pod.namespace(), Weights.NONE);
        onNode.add(
            new PodCharge(
                pod,
                cpu,
                memory,
                new Parts(cpu.weighted(model), memory.weighted(model), gpus * rates.gpu())));
      }
      charges.addAll(fitted(onNode, node, rates));
    }
    return charges;
  }

  /** Nobody pays for usage that the node has no room for beside what counts as requested. */
  private List<PodCharge> fitted(List<PodCharge> pods, Node node, Rates rates) {
    double cpuFit = usageFit(node.capacity().cores() * rates.core(), pods, PodCharge::cpu);
    double memoryFit = usageFit(node.capacity().gib() * rates.gib(), pods, PodCharge::memory);
    return pods.stream()
        .map(
            charge -> {
              Weights model = weights.getOrDefault(charge.pod.namespace(), Weights.NONE);
              Bases cpu = charge.cpu.withUsage(cpuFit);
              Bases memory = charge.memory.withUsage(memoryFit);
              return new PodCharge(
                  charge.pod,
                  cpu,
                  memory,
                  new Parts(cpu.weighted(model), memory.weighted(model), charge.charged.gpu()));
            })
        .toList();
  }

  private double usageFit(double price, List<PodCharge> pods, Function<PodCharge, Bases> resource) {
    double usage = 0;
    double others = 0;
    for (PodCharge charge : pods) {
      Weights model = weights.getOrDefault(charge.pod.namespace(), Weights.NONE);
      Bases bases = resource.apply(charge);
      usage += model.usage() * bases.usage();
      others += bases.weighted(model) - model.usage() * bases.usage();
    }
    return usage > 0 ? Math.min(1, Math.max(0, price - others) / usage) : 1;
  }

  private Map<String, Requested> requestedOfWorkloads() {
    Map<String, Requested> requested = new HashMap<>();
    for (Node node : scenario.nodes()) {
      Rates rates = Rates.of(node);
      Counted.of(node, podsOn(node))
          .forEach(
              (pod, counted) ->
                  requested.merge(workloadOf(pod), at(counted, rates), Requested::plus));
    }
    return requested;
  }

  private static Requested at(Counted counted, Rates rates) {
    return new Requested(counted.cores() * rates.core(), counted.gib() * rates.gib());
  }

  /** Those that hold something of it, or did, in the order in which they were scheduled. */
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
