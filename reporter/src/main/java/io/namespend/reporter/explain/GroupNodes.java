package io.namespend.reporter.explain;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.namespend.reporter.prometheus.Sample;
import io.namespend.reporter.statement.Hours;
import io.namespend.reporter.statement.LargestRemainder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * On which nodes idle and reserved capacity is. The rules record that every two minutes; it is
 * scaled to what the groups have.
 */
final class GroupNodes {
  private static final GroupNodes NONE = new GroupNodes(Map.of());

  private final Map<GroupOfPool, Map<String, Map<String, BigDecimal>>> recorded;

  private GroupNodes(Map<GroupOfPool, Map<String, Map<String, BigDecimal>>> recorded) {
    this.recorded = recorded;
  }

  /** Knows no node. */
  static GroupNodes none() {
    return NONE;
  }

  static GroupNodes read(Hours hours, String cluster) {
    Map<GroupOfPool, Map<String, Map<String, BigDecimal>>> recorded = new TreeMap<>();
    hours
        .exactly(
            "sum by (pool, node_group, node, resource) (sum_over_time(%s%s offset 5m))"
                .formatted(
                    Hours.selectCluster("node_pool:cost_hourly:sum", cluster),
                    hours.period().range()),
            NodeResource::of)
        .forEach(
            (key, cost) -> {
              if (cost.signum() > 0) {
                recorded
                    .computeIfAbsent(key.group(), group -> new TreeMap<>())
                    .computeIfAbsent(key.node(), node -> new TreeMap<>())
                    .put(key.resource(), cost);
              }
            });
    return new GroupNodes(recorded);
  }

  /**
   * The nodes of a group, which add up to its cost and to the amount.
   *
   * @param places what the namespace bears of the group's nodes, or under the group's own name of
   *     all; empty where it bears the same share of each
   */
  List<GroupNode> of(
      GroupOfPool group, BigDecimal cost, BigDecimal amount, Map<String, BigDecimal> places) {
    Map<String, Map<String, BigDecimal>> nodes = recorded.getOrDefault(group, Map.of());
    if (nodes.isEmpty()) {
      return List.of();
    }
    Map<String, BigDecimal> costs = new TreeMap<>();
    nodes.forEach(
        (node, resources) -> costs.put(node, Explanation.sum(resources.values(), each -> each)));
    BigDecimal sum = Explanation.sum(costs.values(), each -> each);
    BigDecimal ofAll =
        places.isEmpty() ? BigDecimal.ONE : places.getOrDefault(group.nodeGroup(), BigDecimal.ZERO);
    Map<String, BigDecimal> borne = new TreeMap<>();
    costs.forEach(
        (node, each) -> borne.put(node, ofAll.multiply(each).divide(sum, MathContext.DECIMAL128)));
    places.forEach(
        (place, each) -> {
          if (!place.equals(group.nodeGroup())) {
            borne.merge(place, each, BigDecimal::add);
          }
        });
    return parts(group, cost, amount, costs, borne, nodes);
  }

  private static List<GroupNode> parts(
      GroupOfPool group,
      BigDecimal cost,
      BigDecimal amount,
      Map<String, BigDecimal> costs,
      Map<String, BigDecimal> borne,
      Map<String, Map<String, BigDecimal>> nodes) {
    List<String> names = List.copyOf(new TreeSet<>(borne.keySet()));
    List<BigDecimal> partsOfCost = divided(cost, names, costs);
    List<BigDecimal> partsOfAmount = divided(amount, names, borne);
    BigDecimal scale =
        cost.divide(Explanation.sum(costs.values(), each -> each), MathContext.DECIMAL64);
    List<GroupNode> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Map<String, BigDecimal> resources = new TreeMap<>(nodes.getOrDefault(names.get(i), Map.of()));
      resources.replaceAll(
          (resource, each) -> each.multiply(scale).setScale(cost.scale(), RoundingMode.HALF_UP));
      parts.add(
          new GroupNode(
              group.nodeGroup(),
              names.get(i),
              partsOfCost.get(i),
              resources,
              partsOfAmount.get(i)));
    }
    return dearestFirst(parts);
  }

  /**
   * What fell back to the cluster: nodes, or whole groups, without tenants.
   *
   * @param places their cost by the group and the node; the group's own name is the whole group
   */
  static List<GroupNode> withoutTenants(
      BigDecimal cost, BigDecimal amount, Map<GroupOfPool, Map<String, BigDecimal>> places) {
    Map<GroupNodeName, BigDecimal> costs = new TreeMap<>();
    places.forEach(
        (group, ofGroup) ->
            ofGroup.forEach(
                (place, each) ->
                    costs.put(
                        new GroupNodeName(
                            group.nodeGroup(), place.equals(group.nodeGroup()) ? "" : place),
                        each)));
    List<GroupNodeName> names = List.copyOf(costs.keySet());
    List<BigDecimal> partsOfCost = divided(cost, names, costs);
    List<BigDecimal> partsOfAmount = divided(amount, names, costs);
    List<GroupNode> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parts.add(
          new GroupNode(
              names.get(i).nodeGroup(),
              names.get(i).node(),
              partsOfCost.get(i),
              Map.of(),
              partsOfAmount.get(i)));
    }
    return dearestFirst(parts);
  }

  private static <K> List<BigDecimal> divided(
      BigDecimal whole, List<K> names, Map<K, BigDecimal> weights) {
    BigDecimal sum = Explanation.sum(weights.values(), each -> each);
    return LargestRemainder.round(
        whole,
        names.stream()
            .map(name -> weights.getOrDefault(name, BigDecimal.ZERO))
            .map(weight -> whole.multiply(weight).divide(sum, MathContext.DECIMAL128))
            .toList(),
        whole.scale());
  }

  private static List<GroupNode> dearestFirst(List<GroupNode> parts) {
    parts.sort(
        comparing(GroupNode::cost)
            .reversed()
            .thenComparing(GroupNode::nodeGroup)
            .thenComparing(GroupNode::node));
    return parts;
  }

  /** A node group's part of a pool. */
  record GroupOfPool(String pool, String nodeGroup) implements Comparable<GroupOfPool> {
    GroupOfPool {
      requireNonNull(pool, "pool");
      requireNonNull(nodeGroup, "nodeGroup");
    }

    static GroupOfPool of(Sample sample) {
      return new GroupOfPool(sample.label("pool"), sample.label("node_group"));
    }

    @Override
    public int compareTo(GroupOfPool other) {
      return comparing(GroupOfPool::pool)
          .thenComparing(GroupOfPool::nodeGroup)
          .compare(this, other);
    }
  }

  private record GroupNodeName(String nodeGroup, String node) implements Comparable<GroupNodeName> {
    @Override
    public int compareTo(GroupNodeName other) {
      return comparing(GroupNodeName::nodeGroup)
          .thenComparing(GroupNodeName::node)
          .compare(this, other);
    }
  }

  private record NodeResource(GroupOfPool group, String node, String resource)
      implements Comparable<NodeResource> {
    static NodeResource of(Sample sample) {
      return new NodeResource(
          GroupOfPool.of(sample), sample.label("node"), sample.label("resource"));
    }

    @Override
    public int compareTo(NodeResource other) {
      return comparing(NodeResource::group)
          .thenComparing(NodeResource::node)
          .thenComparing(NodeResource::resource)
          .compare(this, other);
    }
  }
}
