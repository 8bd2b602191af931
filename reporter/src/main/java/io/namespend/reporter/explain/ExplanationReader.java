package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.statement.AuditKey;
import io.namespend.reporter.statement.CannotStateException;
import io.namespend.reporter.statement.GlAccounts;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.NamespaceKey;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a statement again, and what its lines are made of. */
public final class ExplanationReader {
  private final PrometheusClient prometheus;
  private final boolean readsNodes;

  public ExplanationReader(PrometheusClient prometheus) {
    this(prometheus, true);
  }

  /**
   * @param readsNodes whether to read on which nodes the shares of pools are; of thousands of nodes
   *     that is the largest question by far
   */
  public ExplanationReader(PrometheusClient prometheus, boolean readsNodes) {
    this.prometheus = requireNonNull(prometheus, "prometheus");
    this.readsNodes = readsNodes;
  }

  /**
   * Explains all that a namespace bears.
   *
   * @param cluster needed where several have a namespace of that name
   * @throws CannotStateException if there is no line of it
   */
  public Explanation namespace(Period period, String namespace, Optional<String> cluster) {
    Statement statement = statement(period);
    List<Line> lines =
        statement.lines().stream()
            .filter(line -> line.key().namespace().equals(namespace))
            .filter(line -> cluster.map(line.key().cluster()::equals).orElse(true))
            .toList();
    SortedSet<String> clusters =
        lines.stream()
            .map(line -> line.key().cluster())
            .collect(Collectors.toCollection(TreeSet::new));
    if (clusters.isEmpty()) {
      throw new CannotStateException(
          "namespace \"%s\" has no cost in %s%s; a shared namespace is in its pool's cost, and"
                  .formatted(
                      namespace,
                      period.name(),
                      cluster.map(name -> " in cluster \"" + name + "\"").orElse(""))
              + " \"reporter statement\" lists who pays what");
    }
    if (clusters.size() > 1) {
      throw new CannotStateException(
          "several clusters have a namespace \"%s\": choose one with --cluster: %s"
              .formatted(namespace, String.join(", ", clusters)));
    }
    return explained(statement, new NamespaceKey(clusters.first(), namespace), lines);
  }

  /**
   * Explains one line.
   *
   * @param period that the key names
   * @throws CannotStateException if the statement has no such line now
   */
  public Explanation line(Period period, AuditKey key) {
    Statement statement = statement(period);
    List<Line> lines =
        statement.lines().stream().filter(line -> line.key().equals(key.line())).toList();
    if (lines.isEmpty()) {
      throw new CannotStateException(
          "the statement of %s has no such line any more: was it corrected, or did its owner change?"
                  .formatted(key.period())
              + " Take an audit key from a new statement, or --namespace");
    }
    return explained(
        statement, new NamespaceKey(key.line().cluster(), key.line().namespace()), lines);
  }

  private Explanation explained(Statement statement, NamespaceKey namespace, List<Line> lines) {
    Detail detail = new Detail(prometheus, statement, namespace);
    List<Line> compute = detail.computeLines();
    boolean hasCompute = lines.stream().anyMatch(compute::contains);
    Assets assets = new Assets(prometheus, statement, namespace, lines, compute::contains);
    return new Explanation(
        statement,
        namespace,
        lines,
        detail.workloads(lines.stream().filter(compute::contains).toList()),
        hasCompute ? detail.nodes(lines.stream().filter(compute::contains).toList()) : List.of(),
        hasCompute ? detail.scale() : BigDecimal.ONE,
        assets.costs(),
        assets.scale(),
        new Pools(prometheus, statement, namespace)
            .shares(lines.stream().filter(line -> line.key().item().isPool()).toList()),
        new Groups(prometheus, statement, namespace, readsNodes)
            .shares(lines.stream().filter(line -> line.key().item().isPool()).toList()));
  }

  /** Of all clusters, because rounding looks at all lines. */
  private Statement statement(Period period) {
    return new StatementReader(prometheus, GlAccounts.none()).read(period, new TreeSet<>());
  }
}
