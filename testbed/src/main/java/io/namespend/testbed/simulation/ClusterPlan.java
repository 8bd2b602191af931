package io.namespend.testbed.simulation;

import static io.namespend.testbed.simulation.SimContainer.Role.INIT;
import static io.namespend.testbed.simulation.SimContainer.Role.MAIN;
import static io.namespend.testbed.simulation.SimContainer.Role.SIDECAR;
import static java.util.Objects.requireNonNull;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The cluster of the demo: a web shop, its data and machine-learning teams, their batch jobs, and
 * what every cluster runs for itself.
 */
public final class ClusterPlan {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long DAY = 86_400;

  /** How much of the past is recorded when people begin to look. */
  private static final long PAST = 15 * DAY;

  private static final String MONTHLY_BUDGET = "namespend.io/monthly-budget";
  private static final double MIB = 1L << 20;
  private static final double GIB = 1L << 30;

  private final long begin;
  private final long end;
  private final Random random;
  private final Map<String, SimNamespace> namespaces = new LinkedHashMap<>();
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<PodLife> lives = new ArrayList<>();

  private ClusterPlan(long begin, long end, long seed) {
    this.begin = begin;
    this.end = end;
    this.random = new Random(seed);
  }

  /**
   * @param begin second since 1970 from which on the cluster is needed
   * @param end until when
   * @param scale 1 gives 7 nodes and some 40 pods at a time, 10 ten times as many
   */
  public static SimulatedCluster simulate(long begin, long end, int scale, long seed) {
    ClusterPlan plan = new ClusterPlan(begin, end, seed);
    for (int copy = 1; copy <= scale; copy++) {
      plan.addCopy(copy);
    }
    return new SimulatedCluster(
        List.copyOf(plan.namespaces.values()), plan.nodes, Placement.place(plan.lives, plan.nodes));
  }

  private void addCopy(int copy) {
    String suffix = copy == 1 ? "" : "-" + copy;
    addNodes(suffix);
    addShop(suffix);
    addData(suffix);
    addUnowned(suffix);
    addSystem(suffix);
  }

  /**
   * Prices: AWS on demand, us-east-1, Linux; spot as 40 percent; the last by OpenCost's defaults.
   * Three node pools of Karpenter, of which the general one chooses the type by what it needs.
   */
  private void addNodes(String suffix) {
    long scaleUp = begin + 12 * DAY;
    node("general-a" + suffix, "m5.xlarge", "general", false, 0.192, 4, 15.33, 0, begin);
    node("general-b" + suffix, "m5.xlarge", "general", false, 0.192, 4, 15.33, 0, begin);
    node("compute-a" + suffix, "c5.2xlarge", "general", false, 0.34, 8, 15.24, 0, begin);
    node("memory-a" + suffix, "r5.xlarge", "general", false, 0.252, 4, 30.91, 0, begin);
    node("spot-a" + suffix, "m5.large", "spot", true, 0.4 * 0.096, 2, 7.53, 0, scaleUp);
    node("gpu-a" + suffix, "g4dn.xlarge", "gpu", false, 0.526, 4, 15.33, 1, begin);
    double unknown = 4 * 0.031611 + 16 * 0.004237;
    node("onprem-a" + suffix, "", "", false, unknown, 4, 16, 0, begin);
  }

  private void addShop(String suffix) {
    namespace("checkout" + suffix, "payments", "cc-1001", "production", "shop");
    SimContainer api = web("api", 0.9, 1.5 * GIB, 0.7, 1.2 * GIB);
    SimContainer proxy = sidecar("proxy", 0.1, 64 * MIB, 0.04, 50 * MIB);
    SimContainer migrate = init("migrate", 1.0, 256 * MIB);
    replicas("checkout" + suffix, "Deployment", "checkout-api", 2, begin, migrate, proxy, api);
    replicas("checkout" + suffix, "Deployment", "checkout-api", 2, begin + 12 * DAY, proxy, api);
    cronJob("checkout" + suffix, "settlement", 30, 11, main("settle", 0.5, 256 * MIB, 0.6));
    namespace("storefront" + suffix, "web", "cc-1002", "production", "shop");
    replicas(
        "storefront" + suffix,
        "Deployment",
        "storefront",
        3,
        begin,
        web("nginx", 0.25, 128 * MIB, 0.3, 90 * MIB));
    replicas(
        "storefront" + suffix,
        "Deployment",
        "search",
        2,
        begin,
        web("search", 1.2, 4 * GIB, 0.9, 3.5 * GIB));
    namespace("staging" + suffix, "web", "cc-1002", "staging", "shop");
    replicas(
        "staging" + suffix,
        "Deployment",
        "storefront",
        1,
        begin,
        web("nginx", 0.8, GIB, 0.03, 0.2 * GIB));
  }

  private void addData(String suffix) {
    namespace("data" + suffix, "data", "cc-2001", "production", "warehouse");
    replicas(
        "data" + suffix,
        "StatefulSet",
        "postgres",
        2,
        begin,
        web("postgres", 1.5, 9 * GIB, 0.9, 7.5 * GIB));
    cronJob("data" + suffix, "nightly-export", 240, 47, main("export", 1.0, 2 * GIB, 0.9));
    namespace("ml" + suffix, "data", "cc-2002", "production", "recommender");
    replicas("ml" + suffix, "Deployment", "inference", 1, begin, gpu("model", 3.0, 11 * GIB));
    namespace("analytics" + suffix, "data", "cc-2001", "production", "warehouse");
    // Nothing requested at all, only used.
    replicas(
        "analytics" + suffix,
        "Deployment",
        "notebook",
        1,
        begin,
        web("jupyter", 0, 0, 0.6, 2.5 * GIB));
  }

  private void addUnowned(String suffix) {
    namespaces.put("legacy" + suffix, new SimNamespace("legacy" + suffix, Map.of(), Map.of()));
    replicas("legacy" + suffix, "Pod", "ftp", 1, begin, web("ftp", 0.2, 256 * MIB, 0.01, 40 * MIB));
    // Asks for more than any node has, so it stays pending and costs nothing.
    replicas("legacy" + suffix, "Deployment", "too-big", 1, begin, main("big", 400, 900 * GIB, 1));
  }

  private void addSystem(String suffix) {
    namespace("kube-system", "platform", "cc-9001", "production", "kubernetes");
    namespace("monitoring" + suffix, "platform", "cc-9001", "production", "observability");
    for (SimNode node : nodes.stream().filter(node -> node.name().endsWith(suffix)).toList()) {
      SimWorkload agent =
          new SimWorkload(
              "kube-system",
              "DaemonSet",
              "node-agent",
              List.of(web("agent", 0.05, 64 * MIB, 0.02, 45 * MIB)),
              Map.of(),
              Map.of());
      lives.add(PodLife.on(node, agent, "node-agent-" + random5()));
    }
    if (suffix.isEmpty()) {
      replicas(
          "kube-system",
          "Deployment",
          "coredns",
          2,
          begin,
          web("coredns", 0.1, 70 * MIB, 0.03, 40 * MIB));
    }
    replicas(
        "monitoring" + suffix,
        "StatefulSet",
        "prometheus",
        1,
        begin,
        web("prometheus", 0.8, 4 * GIB, 0.5, 3.6 * GIB));
  }

  private void node(
      String name,
      String type,
      String group,
      boolean spot,
      double price,
      double cpu,
      double gib,
      int gpus,
      long start) {
    nodes.add(new SimNode(name, type, group, spot, price, cpu, gib, gpus, start, NEVER));
  }

  private void namespace(
      String name, String team, String costCenter, String environment, String product) {
    namespaces.putIfAbsent(
        name,
        new SimNamespace(
            name,
            Map.of(
                "team", team,
                "cost-center", costCenter,
                "environment", environment,
                "app.kubernetes.io/part-of", product),
            annotations(name)));
  }

  /** Budgets, of which one is used up, one is not enough, and one is. */
  private Map<String, String> annotations(String namespace) {
    return switch (namespace) {
      case "staging" -> Map.of(MONTHLY_BUDGET, usedUp(0.86));
      case "ml" -> Map.of(MONTHLY_BUDGET, "450");
      case "checkout" -> Map.of(MONTHLY_BUDGET, "250", "namespend.io/daily-budget", "9");
      default -> Map.of();
    };
  }

  /** Half of what a namespace has spent in the month when the past is over, whatever the day. */
  private String usedUp(double perDay) {
    LocalDateTime now = LocalDateTime.ofEpochSecond(begin + PAST, 0, ZoneOffset.UTC);
    double days = now.getDayOfMonth() - 1 + now.getHour() / 24.0;
    return String.format(
        Locale.ROOT, "%.2f", Math.max(0.01, 0.5 * perDay * Math.min(days, PAST / DAY)));
  }

  /** Pods that live from {@code start} on, through one restart of each at a random moment. */
  private void replicas(
      String namespace,
      String kind,
      String name,
      int count,
      long start,
      SimContainer... containers) {
    SimWorkload workload = labelled(namespace, kind, name, List.of(containers));
    String replicaSet =
        name + "-" + Integer.toHexString(name.hashCode()) + (start == begin ? "a" : "b");
    for (int i = 0; i < count; i++) {
      switch (kind) {
        case "Deployment" -> {
          long restart = start + DAY + (long) (random.nextDouble() * 10 * DAY);
          lives.add(life(workload, replicaSet + "-" + random5(), replicaSet, start, restart));
          lives.add(life(workload, replicaSet + "-" + random5(), replicaSet, restart, NEVER));
        }
        case "StatefulSet" -> lives.add(life(workload, name + "-" + i, name, start, NEVER));
        default -> lives.add(life(workload, name, "", start, NEVER));
      }
    }
  }

  /** One Job each {@code every} minutes; its completed pod stays until three more have run. */
  private void cronJob(
      String namespace, String name, int every, int minutes, SimContainer container) {
    SimWorkload workload = labelled(namespace, "CronJob", name, List.of(container));
    long period = every * 60L;
    for (long start = begin - begin % period; start < end; start += period) {
      String job = name + "-" + start / 60;
      long started = start + random.nextInt(40);
      long finished = started + minutes * 60L - random.nextInt(100);
      lives.add(
          new PodLife(
              workload, job + "-" + random5(), job, null, started, finished, start + 3 * period));
    }
  }

  /** The team of checkout labels what it deploys, its settlement only in part; others do not. */
  private SimWorkload labelled(
      String namespace, String kind, String name, List<SimContainer> containers) {
    Map<String, String> labels = new HashMap<>(Map.of("app.kubernetes.io/name", name));
    Map<String, String> templateLabels = new HashMap<>(labels);
    if (namespace.startsWith("checkout")) {
      Map<String, String> own = new HashMap<>(requireNonNull(namespaces.get(namespace)).labels());
      own.remove("app.kubernetes.io/part-of");
      labels.putAll(own);
      if (kind.equals("Deployment")) {
        templateLabels.putAll(own);
      }
    }
    return new SimWorkload(namespace, kind, name, containers, labels, templateLabels);
  }

  private static PodLife life(
      SimWorkload workload, String pod, String owner, long start, long end) {
    return new PodLife(workload, pod, owner, null, start, end, end);
  }

  private SimContainer web(
      String name, double cpuRequest, double memoryRequest, double cpu, double memory) {
    double peak = 11 + 6 * random.nextDouble();
    return new SimContainer(
        name,
        MAIN,
        cpuRequest,
        memoryRequest,
        0,
        new Load(cpu, 0.45, 0.15, peak),
        new Load(memory, 0.08, 0.02, peak));
  }

  private static SimContainer main(
      String name, double cpuRequest, double memoryRequest, double cpu) {
    return new SimContainer(
        name,
        MAIN,
        cpuRequest,
        memoryRequest,
        0,
        Load.constant(cpu),
        Load.constant(memoryRequest * 0.6));
  }

  private static SimContainer gpu(String name, double cpuRequest, double memoryRequest) {
    return new SimContainer(
        name,
        MAIN,
        cpuRequest,
        memoryRequest,
        1,
        new Load(1.1, 0.3, 0.1, 15),
        new Load(memoryRequest * 0.8, 0.05, 0, 15));
  }

  private static SimContainer sidecar(
      String name, double cpuRequest, double memoryRequest, double cpu, double memory) {
    return new SimContainer(
        name, SIDECAR, cpuRequest, memoryRequest, 0, Load.constant(cpu), Load.constant(memory));
  }

  private static SimContainer init(String name, double cpuRequest, double memoryRequest) {
    return new SimContainer(
        name, INIT, cpuRequest, memoryRequest, 0, Load.constant(0), Load.constant(0));
  }

  private String random5() {
    String alphabet = "bcdfghjklmnpqrstvwxz2456789";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
