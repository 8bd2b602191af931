package io.namespend.testbed.random;

import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Amount;
import io.namespend.testbed.model.Scenario.Claim;
import io.namespend.testbed.model.Scenario.Container;
import io.namespend.testbed.model.Scenario.ExternalService;
import io.namespend.testbed.model.Scenario.LoadBalancer;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Oddities;
import io.namespend.testbed.model.Scenario.Owner;
import io.namespend.testbed.model.Scenario.Per;
import io.namespend.testbed.model.Scenario.Phase;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Pool;
import io.namespend.testbed.model.Scenario.Split;
import io.namespend.testbed.model.Scenario.Traffic;
import io.namespend.testbed.model.Scenario.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes up clusters in which every model, split and oddity occurs, often together. */
final class ScenarioGenerator {
  private static final List<String> GROUPS = List.of("platform", "ingress");
  private static final List<String> TEAMS = List.of("red", "green", "blue");

  /** A namespace that the exporter has never seen. */
  private static final String STRANGER = "stranger";

  private static final List<Phase> PHASES =
      List.of(
          Phase.RUNNING,
          Phase.RUNNING,
          Phase.RUNNING,
          Phase.RUNNING,
          Phase.PENDING,
          Phase.FINISHED,
          Phase.UNSEEN);

  private final Random random;
  private final boolean withMax;

  /**
   * @param withMax whether namespaces may have the model max, which needs optional rules
   */
  ScenarioGenerator(Random random, boolean withMax) {
    this.random = random;
    this.withMax = withMax;
  }

  Scenario next() {
    List<Namespace> namespaces = list(6, index -> namespace("ns-" + index));
    List<String> names = new ArrayList<>(namespaces.stream().map(Namespace::name).toList());
    if (names.isEmpty() || chance(20)) {
      names.add(STRANGER);
    }
    List<Node> nodes = chance(7) ? List.of() : list(4, index -> node("node-" + index));
    List<String> places = new ArrayList<>(nodes.stream().map(Node::name).toList());
    if (places.isEmpty() || chance(10)) {
      places.add("gone-node");
    }
    boolean idleCluster = chance(5);
    return new Scenario(
        nodes,
        idleCluster ? List.of() : list(12, index -> pod(index, pick(names), pick(places))),
        some(index -> new Claim(pick(names), "claim-" + index, money())),
        some(index -> money()),
        some(index -> new LoadBalancer(pick(names), "service-" + index)),
        network(names),
        chance(50) ? 0 : money(),
        some(index -> externalService("external-" + index, names)),
        namespaces,
        pools(namespaces),
        chance(50)
            ? new Owner("unattributed", "unattributed", "unknown")
            : new Owner("commons", "0000", "production"),
        new Oddities(chance(25), chance(25)));
  }

  private Node node(String name) {
    int cores = pick(List.of(1, 2, 4, 8, 96));
    int gib = pick(List.of(1, 4, 8, 16));
    int gpus = chance(20) ? 1 + random.nextInt(4) : 0;
    Optional<Double> price = chance(15) ? Optional.empty() : Optional.of(chance(7) ? 0 : money());
    return new Node(
        name,
        price,
        chance(30),
        new Amount(cores * 1000L, gib * 1024L, gpus),
        chance(20)
            ? Amount.NONE
            : new Amount(
                random.nextInt(cores * 20) * 10L,
                random.nextInt(gib * 16) * 16L,
                chance(20) ? Math.min(gpus, 1) : 0),
        pick(List.of("web", "web", "gpu", "")));
  }

  private Pod pod(int index, String namespace, String node) {
    Phase phase = namespace.equals(STRANGER) ? Phase.UNSEEN : pick(PHASES);
    String type = pick(List.of("deployment", "deployment", "statefulset", "pod"));
    String name = "pod-" + index;
    boolean measured = !chance(10);
    boolean greedy = chance(10);
    return new Pod(
        namespace,
        name,
        type,
        type.equals("pod") ? name : "app-" + random.nextInt(3),
        phase == Phase.PENDING ? "" : node,
        phase,
        IntStream.range(0, 1 + random.nextInt(2))
            .mapToObj(each -> container("c" + each, phase, measured, greedy))
            .toList());
  }

  /** A greedy one uses more than most nodes have. */
  private Container container(String name, Phase phase, boolean measured, boolean greedy) {
    Amount request =
        phase == Phase.UNSEEN || chance(20)
            ? Amount.NONE
            : new Amount(
                random.nextInt(40) * 50L,
                random.nextInt(40) * 64L,
                chance(10) ? 1 + random.nextInt(2) : 0);
    int times = greedy ? 20 : 1;
    boolean uses = measured && (phase == Phase.RUNNING || phase == Phase.UNSEEN);
    return new Container(
        name,
        request,
        uses ? times * random.nextInt(200) / 100.0 : 0,
        uses ? times * random.nextInt(3000) : 0);
  }

  private List<Traffic> network(List<String> namespaces) {
    if (chance(60)) {
      return List.of();
    }
    List<Traffic> traffic = new ArrayList<>();
    for (String namespace : namespaces) {
      for (String kind : List.of("zone", "internet")) {
        if (chance(50)) {
          traffic.add(new Traffic(namespace, kind, money()));
        }
      }
    }
    return traffic;
  }

  private ExternalService externalService(String name, List<String> namespaces) {
    if (chance(60)) {
      return new ExternalService(
          name, money(), chance(90) ? pick(namespaces) : "gone", chance(50) ? pick(TEAMS) : "", "");
    }
    return chance(50)
        ? new ExternalService(name, money(), "", pick(TEAMS), chance(50) ? "1001" : "")
        : new ExternalService(name, money(), "", "", "1002");
  }

  private Namespace namespace(String name) {
    Map<String, Owner> workloads = new TreeMap<>();
    for (String workload : List.of("deployment/app-0", "deployment/app-1", "statefulset/app-0")) {
      if (chance(25)) {
        workloads.put(workload, owner());
      }
    }
    return new Namespace(name, chance(25) ? pick(GROUPS) : "", weights(), owner(), workloads);
  }

  private Weights weights() {
    List<Weights> models =
        new ArrayList<>(
            List.of(
                Weights.BLENDED,
                Weights.BLENDED,
                Weights.REQUEST,
                Weights.USAGE,
                new Weights(0.25, 0.75, 0)));
    if (withMax) {
      models.addAll(List.of(Weights.MAX, new Weights(0.5, 0.25, 0.25)));
    }
    return pick(models);
  }

  private Owner owner() {
    return chance(20)
        ? new Owner("unattributed", "unattributed", "unknown")
        : new Owner(
            pick(TEAMS), pick(List.of("1001", "1002")), pick(List.of("production", "test")));
  }

  private List<Pool> pools(List<Namespace> namespaces) {
    List<Pool> pools = new ArrayList<>();
    Scenario.CLUSTER_POOLS.forEach(name -> pools.add(pool(name, Optional.empty(), namespaces)));
    GROUPS.stream()
        .filter(group -> namespaces.stream().anyMatch(each -> each.pool().equals(group)))
        .forEach(name -> pools.add(pool(name, Optional.empty(), namespaces)));
    pools.addAll(some(index -> pool("service-" + index, Optional.of(money()), namespaces)));
    return pools;
  }

  private Pool pool(String name, Optional<Double> serviceCost, List<Namespace> namespaces) {
    Split split = pick(List.of(Split.values()));
    boolean everyone = chance(70);
    Map<String, Double> weights = new TreeMap<>();
    Map<String, Double> floors = new TreeMap<>();
    Map<String, Double> driver = new HashMap<>();
    boolean zeroDriver = chance(20);
    boolean absentDriver = chance(20);
    for (Namespace namespace : namespaces) {
      if (namespace.isTenant() && (everyone || chance(50))) {
        weights.put(namespace.name(), split == Split.WEIGHTED ? 1.0 + random.nextInt(4) : 1.0);
        if (chance(20)) {
          floors.put(namespace.name(), chance(20) ? 50 : money() / 10);
        }
      }
      if (!absentDriver && chance(80)) {
        driver.put(namespace.name(), zeroDriver ? 0 : random.nextInt(10) / 10.0);
      }
    }
    if (chance(20)) {
      driver.put("gone", 0.5);
    }
    return new Pool(
        name,
        serviceCost,
        split,
        Scenario.NODE_POOLS.contains(name) ? pick(List.of(Per.values())) : Per.CLUSTER,
        weights,
        floors,
        split == Split.DRIVER ? new TreeMap<>(driver) : Map.of());
  }

  private double money() {
    return (1 + random.nextInt(400)) / 100.0;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  private <T> List<T> some(IntFunction<T> element) {
    return chance(50) ? List.of() : list(3, element);
  }

  private <T> List<T> list(int most, IntFunction<T> element) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(element).toList();
  }
}
