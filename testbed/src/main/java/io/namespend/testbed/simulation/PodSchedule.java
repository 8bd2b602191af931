package io.namespend.testbed.simulation;

import static java.util.Objects.requireNonNull;

import io.namespend.testbed.simulation.SimContainer.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Pods that live for seconds, on nodes that come and go: of CronJobs that start every minute or
 * every five, of Jobs, runners and nobody. Each workload has a namespace of its own.
 */
public final class PodSchedule {
  private static final String NODE_TYPE = "m5.4xlarge";
  private static final double NODE_CORES = 16;
  private static final double NODE_GIB = 64;
  private static final double GIB = 1L << 30;
  private static final int LONGEST = 290;

  /** How long objects of finished pods stay. */
  private static final int KEPT = 120;

  private final long begin;
  private final long end;
  private final Random random;
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<SimPod> pods = new ArrayList<>();
  private final Set<String> namespaces = new HashSet<>();

  /** Requested cores and bytes of each node by second. */
  private final Map<SimNode, double[][]> used = new HashMap<>();

  private PodSchedule(long begin, long end, long seed) {
    this.begin = begin;
    this.end = end;
    random = new Random(seed);
  }

  /**
   * Makes up a cluster.
   *
   * @param begin second since 1970, of a whole minute
   * @param perHour pods that begin within an hour, about
   */
  public static SimulatedCluster simulate(long begin, long end, int perHour, long seed) {
    PodSchedule schedule = new PodSchedule(begin, end, seed);
    schedule.addNodes(Math.max(3, perHour / 1000));
    schedule.addPods(perHour);
    return new SimulatedCluster(
        schedule.namespaces.stream()
            .sorted()
            .map(name -> new SimNamespace(name, Map.of(), Map.of()))
            .toList(),
        schedule.nodes,
        schedule.pods.stream().sorted(Comparator.comparingLong(SimPod::start)).toList());
  }

  private void addNodes(int lasting) {
    for (int i = 0; i < lasting; i++) {
      addNode("lasting-" + i, begin, end + 3600);
    }
    int number = 0;
    for (long second = begin; second < end; second += 40 + random.nextInt(80)) {
      addNode("passing-" + number++, second, second + 45 + random.nextInt(600));
    }
  }

  private void addNode(String name, long start, long gone) {
    SimNode node = new SimNode(name, NODE_TYPE, "", false, 0, NODE_CORES, NODE_GIB, 0, start, gone);
    nodes.add(node);
    used.put(node, new double[2][(int) (end - begin) + LONGEST + 1]);
  }

  private void addPods(int perHour) {
    double hours = (end - begin) / 3600.0;
    // Six identical jobs of 20 seconds in every minute, at seconds 0, 10, ... 50.
    for (int i = 0; i < 6; i++) {
      SimWorkload job = workload("cron-at-%02d".formatted(10 * i), "CronJob", 0.5, 1);
      for (long minute = begin; minute < end; minute += 60) {
        add(job, minute + 10L * i, 20);
      }
    }
    double everyMinute = 0.2 * perHour / 60;
    for (int i = 0; i < everyMinute; i++) {
      SimWorkload job = workload("cron-1m-" + i, "CronJob", 0.05 + 0.05 * random.nextInt(8), 0.25);
      int length = 1 + random.nextInt(58);
      for (long minute = begin; minute < end; minute += 60) {
        add(job, minute + random.nextInt(3), length);
      }
    }
    double everyFive = 0.2 * perHour / 12 / 10;
    for (int i = 0; i < everyFive; i++) {
      SimWorkload job = workload("cron-5m-" + i, "CronJob", 0.05 + 0.05 * random.nextInt(8), 0.5);
      for (long minute = begin / 300 * 300; minute < end; minute += 300) {
        for (int pod = 0; pod < 10 && minute >= begin; pod++) {
          add(job, minute + random.nextInt(5), 1 + random.nextInt(LONGEST));
        }
      }
    }
    List<SimWorkload> others = new ArrayList<>();
    for (String kind : List.of("Job", "Pod", "EphemeralRunner", "ReplicaSet")) {
      for (int i = 0; i < 4; i++) {
        others.add(
            workload(
                kind.toLowerCase(Locale.ROOT) + "-" + i,
                kind,
                0.05 + 0.05 * random.nextInt(8),
                0.25 + 0.25 * random.nextInt(6)));
      }
    }
    for (int i = 0; i < 0.55 * perHour * hours; i++) {
      add(
          others.get(i % others.size()),
          begin + (long) (random.nextDouble() * (end - begin)),
          1 + random.nextInt(LONGEST));
    }
  }

  private SimWorkload workload(String name, String kind, double cores, double gib) {
    namespaces.add(name);
    return new SimWorkload(
        name,
        kind,
        name,
        List.of(
            new SimContainer(
                "main", Role.MAIN, cores, gib * GIB, 0, Load.constant(0), Load.constant(0))),
        Map.of(),
        Map.of());
  }

  private void add(SimWorkload workload, long start, int seconds) {
    long until = start + seconds;
    Optional<SimNode> node = placed(workload, start, until);
    if (until >= end || node.isEmpty()) {
      return;
    }
    String name = workload.name() + "-" + Integer.toString(pods.size(), 36);
    String owner =
        workload.kind().equals("CronJob")
            ? "%s-%08d".formatted(workload.name(), start / 60)
            : workload.name();
    // Runners and the like are deleted when they end.
    boolean isKept =
        switch (workload.kind()) {
          case "EphemeralRunner", "ReplicaSet" -> false;
          default -> true;
        };
    pods.add(new SimPod(workload, name, owner, node, start, until, until + (isKept ? KEPT : 0)));
  }

  /** A node that is there meanwhile and has room. */
  private Optional<SimNode> placed(SimWorkload workload, long start, long until) {
    int first = random.nextInt(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      SimNode node = nodes.get((first + i) % nodes.size());
      if (node.start() <= start && until <= node.end() && reserve(node, workload, start, until)) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  private boolean reserve(SimNode node, SimWorkload workload, long start, long until) {
    double[][] requested = requireNonNull(used.get(node));
    int from = (int) (start - begin);
    int to = Math.min((int) (until - begin), requested[0].length);
    for (int second = from; second < to; second++) {
      if (requested[0][second] + workload.effectiveCpu() > node.allocatableCores()
          || requested[1][second] + workload.effectiveMemory() > node.allocatableBytes()) {
        return false;
      }
    }
    for (int second = from; second < to; second++) {
      requested[0][second] += workload.effectiveCpu();
      requested[1][second] += workload.effectiveMemory();
    }
    return true;
  }
}
