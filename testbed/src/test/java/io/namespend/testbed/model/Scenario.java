package io.namespend.testbed.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster at rest and the policy for it. Prices are per hour.
 *
 * @param network what the namespaces' traffic costs
 * @param controlPlane 0 for a cluster without a fee
 * @param pools all of them: the four that every cluster has, groups of shared namespaces, shared
 *     services
 * @param defaults owner of what nothing else names
 * @param oddities what is wrong with the measuring, not with the cluster
 */
public record Scenario(
    List<Node> nodes,
    List<Pod> pods,
    List<Claim> claims,
    List<Double> unclaimedVolumes,
    List<LoadBalancer> loadBalancers,
    List<Traffic> network,
    double controlPlane,
    List<ExternalService> externalServices,
    List<Namespace> namespaces,
    List<Pool> pools,
    Owner defaults,
    Oddities oddities) {

  /** Pools of every cluster. */
  public static final List<String> CLUSTER_POOLS =
      List.of("idle", "system", "unclaimed-storage", "control-plane");

  /** Those of them whose cost arises on nodes. */
  public static final List<String> NODE_POOLS = List.of("idle", "system");

  /**
   * A node.
   *
   * @param price empty for a node that no price list knows
   * @param reserved what pods cannot get of it
   * @param group empty for a node that no label names a group of
   */
  public record Node(
      String name,
      Optional<Double> price,
      boolean spot,
      Amount capacity,
      Amount reserved,
      String group) {}

  /**
   * An amount of what nodes have.
   *
   * @param millis thousandths of a core
   */
  public record Amount(long millis, long mib, int gpus) {
    public static final Amount NONE = new Amount(0, 0, 0);

    public double cores() {
      return millis / 1000.0;
    }

    public double gib() {
      return mib / 1024.0;
    }
  }

  /** Where a pod is in its life. */
  public enum Phase {
    /** Waits for a node. */
    PENDING,
    RUNNING,
    /** Still listed, on the node where it ran. */
    FINISHED,
    /**
     * Gone before the exporter heard of it: nobody knows its requests, but its usage was measured.
     */
    UNSEEN
  }

  /**
   * A pod.
   *
   * @param node also of a node that is gone
   * @param workloadType in lower case: deployment, statefulset, or pod, which is named as its
   *     workload
   */
  public record Pod(
      String namespace,
      String name,
      String workloadType,
      String workload,
      String node,
      Phase phase,
      List<Container> containers) {
    public Pod {
      if (phase == Phase.UNSEEN
          && containers.stream().anyMatch(each -> !each.request().equals(Amount.NONE))) {
        throw new IllegalArgumentException(name + " is unseen, so its requests are unknown");
      }
    }
  }

  /**
   * A container.
   *
   * @param usedCores average of the last five minutes
   */
  public record Container(String name, Amount request, double usedCores, double usedMib) {}

  /** A claim with its volume's price. */
  public record Claim(String namespace, String name, double price) {}

  /** A Service with a load balancer. All cost the same, as in a price sheet. */
  public record LoadBalancer(String namespace, String service) {
    public static final double PRICE = 0.0225;
  }

  /** What a namespace sends, of one kind of traffic. */
  public record Traffic(String namespace, String kind, double cost) {}

  /**
   * A service that one namespace or one team owns.
   *
   * @param namespace empty if a team or cost center owns it
   */
  public record ExternalService(
      String name, double cost, String namespace, String team, String costCenter) {}

  /**
   * A namespace that the policy knows.
   *
   * @param pool of a shared namespace, else empty
   * @param workloadOwners owners of the workloads that have labels of their own, by {@code
   *     type/name}
   */
  public record Namespace(
      String name, String pool, Weights weights, Owner owner, Map<String, Owner> workloadOwners) {
    public boolean isTenant() {
      return pool.isEmpty();
    }
  }

  /** How much each basis counts. */
  public record Weights(double request, double usage, double max) {
    /** Of a namespace that the policy does not know. */
    static final Weights NONE = new Weights(0, 0, 0);

    public static final Weights BLENDED = new Weights(0.7, 0.3, 0);
    public static final Weights REQUEST = new Weights(1, 0, 0);
    public static final Weights USAGE = new Weights(0, 1, 0);
    public static final Weights MAX = new Weights(0, 0, 1);
  }

  /** Who pays. */
  public record Owner(String team, String costCenter, String environment) {}

  /** How a pool is split. */
  public enum Split {
    PROPORTIONAL,
    EVEN,
    WEIGHTED,
    DRIVER,
    NONE
  }

  /** Over whose tenants a pool is split. */
  public enum Per {
    CLUSTER,
    NODE_GROUP,
    NODE
  }

  /**
   * A pool.
   *
   * @param per other than the cluster for idle and system only
   * @param serviceCost of a shared service, else empty
   * @param weights of the namespaces that take part
   * @param floors per hour
   * @param driver what was measured, also of namespaces that take no part or are gone
   */
  public record Pool(
      String name,
      Optional<Double> serviceCost,
      Split split,
      Per per,
      Map<String, Double> weights,
      Map<String, Double> floors,
      Map<String, Double> driver) {
    /** Whether it is a group of shared namespaces. */
    public boolean holdsNamespaces() {
      return serviceCost.isEmpty() && !CLUSTER_POOLS.contains(name);
    }
  }

  /**
   * Troubles of measuring, none of which may change a figure.
   *
   * @param twoExporters everything that the exporter says, said by two
   * @param twoKubelets every container, reported by two targets
   */
  public record Oddities(boolean twoExporters, boolean twoKubelets) {
    public static final Oddities NONE = new Oddities(false, false);
  }

  /** The facts of a scenario, a line each. */
  public String describe() {
    return Stream.of(
            lines(nodes),
            lines(pods),
            lines(claims),
            lines(unclaimedVolumes.stream().map("UnclaimedVolume[price=%s]"::formatted).toList()),
            lines(loadBalancers),
            lines(network),
            controlPlane == 0 ? "" : "  ControlPlane[price=%s]".formatted(controlPlane),
            lines(externalServices),
            lines(namespaces),
            lines(pools),
            "  " + defaults + " by default",
            oddities.equals(Oddities.NONE) ? "" : "  " + oddities)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String lines(List<?> facts) {
    return facts.stream().map(fact -> "  " + fact).collect(Collectors.joining("\n"));
  }
}
