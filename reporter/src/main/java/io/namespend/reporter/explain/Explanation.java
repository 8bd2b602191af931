package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.NamespaceKey;
import io.namespend.reporter.statement.Statement;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Lines of a statement, taken apart. Workloads and assets add up to the lines of their resource,
 * nodes to those of CPU, memory and GPUs, pool shares to those of their pool.
 *
 * @param statement what the lines are from
 * @param namespace empty if the lines are nobody's
 * @param nodes where the lines of CPU, memory and GPUs were
 * @param computeScale what the recorded detail was multiplied with to give all the namespace's CPU,
 *     memory and GPUs
 * @param assets storage, load balancers, network and external services
 * @param assetScale likewise
 * @param groups in which node groups the shares of pools are
 */
public record Explanation(
    Statement statement,
    NamespaceKey namespace,
    List<Line> lines,
    List<WorkloadCost> workloads,
    List<NodeCost> nodes,
    BigDecimal computeScale,
    List<AssetCost> assets,
    BigDecimal assetScale,
    List<PoolShare> pools,
    List<GroupShare> groups) {
  public Explanation {
    requireNonNull(statement, "statement");
    requireNonNull(namespace, "namespace");
    lines = List.copyOf(lines);
    workloads = List.copyOf(workloads);
    nodes = List.copyOf(nodes);
    requireNonNull(computeScale, "computeScale");
    assets = List.copyOf(assets);
    requireNonNull(assetScale, "assetScale");
    pools = List.copyOf(pools);
    groups = List.copyOf(groups);
  }

  public BigDecimal amount() {
    return sum(lines, Line::amount);
  }

  static <T> BigDecimal sum(Collection<T> parts, Function<T, BigDecimal> amount) {
    return parts.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
