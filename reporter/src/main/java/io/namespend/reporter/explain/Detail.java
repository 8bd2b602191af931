package io.namespend.reporter.explain;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.reporter.statement.Hours;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.NamespaceKey;
import io.namespend.reporter.statement.Statement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who caused a namespace's CPU, memory and GPU cost, and where. The rules record that every four
 * minutes; it is scaled to the exact cost, which is of every minute.
 */
final class Detail {
  static final Set<String> COMPUTE = Set.of("cpu", "memory", "gpu");
  private static final BigDecimal SAMPLES_PER_HOUR = BigDecimal.valueOf(15);

  private final Statement statement;
  private final NamespaceKey namespace;
  private final Hours hours;

  Detail(PrometheusClient prometheus, Statement statement, NamespaceKey namespace) {
    this.statement = requireNonNull(statement, "statement");
    this.namespace = requireNonNull(namespace, "namespace");
    this.hours = new Hours(prometheus, statement.period(), new TreeSet<>());
  }

  /** The namespace's lines of CPU, memory and GPUs. */
  List<Line> computeLines() {
    return statement.lines().stream()
        .filter(
            line ->
                line.key().cluster().equals(namespace.cluster())
                    && line.key().namespace().equals(namespace.namespace())
                    && COMPUTE.contains(line.key().item().resource()))
        .toList();
  }

  /**
   * @param lines some of the compute lines
   */
  List<WorkloadCost> workloads(List<Line> lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    Map<Part, BigDecimal> recorded = recorded("workload:cost_hourly:direct", "resource");
    List<WorkloadCost> workloads = new ArrayList<>();
    lines.stream()
        .map(line -> line.key().item().resource())
        .distinct()
        .sorted()
        .forEach(
            resource -> {
              Map<Part, BigDecimal> ofResource = new TreeMap<>(recorded);
              ofResource.keySet().removeIf(part -> !part.subject().equals(resource));
              Scaled.to(linesOf(lines, resource), ofResource, Part.NONE)
                  .forEach(
                      (part, cost) ->
                          workloads.add(
                              new WorkloadCost(resource, part.workload(), cost.amount())));
            });
    return workloads;
  }

  /**
   * Where some compute lines were. A pod's cost is recorded as a whole: GPUs are told apart, CPU
   * and memory are where both together are.
   *
   * @param lines some of the compute lines
   */
  List<NodeCost> nodes(List<Line> lines) {
    Map<String, BigDecimal> prices =
        hours.exactly(
            "avg by (node) (avg_over_time(%s%s offset 5m))"
                .formatted(inCluster("node_total_hourly_cost"), hours.period().range()),
            sample -> sample.label("node"));
    Map<String, List<Sample>> infos =
        hours
            .query(
                "group by (node, instance_type, price_source) (last_over_time(%s%s offset 5m))"
                    .formatted(inCluster("namespend_node_info"), hours.period().range()))
            .stream()
            .collect(groupingBy(sample -> sample.label("node")));
    List<NodeCost> nodes = new ArrayList<>();
    where(lines)
        .forEach(
            (part, cost) -> {
              BigDecimal price = prices.getOrDefault(part.subject(), BigDecimal.ZERO);
              List<Sample> info = infos.getOrDefault(part.subject(), List.of());
              nodes.add(
                  new NodeCost(
                      part.subject(),
                      all(info, "instance_type"),
                      all(info, "price_source"),
                      part.workload(),
                      price.signum() == 0
                          ? BigDecimal.ZERO
                          : cost.exact().divide(price, 9, RoundingMode.HALF_UP),
                      price.setScale(9, RoundingMode.HALF_UP),
                      cost.amount()));
            });
    return nodes;
  }

  private Map<Part, Scaled> where(List<Line> lines) {
    Map<Part, BigDecimal> pods = recorded("pod:cost_hourly:direct", "node");
    if (lines.containsAll(computeLines())) {
      return Scaled.to(lines, pods, Part.NONE);
    }
    Map<Part, BigDecimal> gpus = recordedGpus();
    Map<Part, BigDecimal> others = new TreeMap<>(pods);
    gpus.forEach((part, cost) -> others.computeIfPresent(part, (p, all) -> all.subtract(cost)));
    others.values().removeIf(cost -> cost.signum() <= 0);
    Map<Part, Scaled> where = new TreeMap<>();
    lines.stream()
        .map(line -> line.key().item().resource())
        .distinct()
        .forEach(
            resource -> {
              Map<Part, BigDecimal> told = resource.equals("gpu") ? gpus : others;
              Scaled.to(linesOf(lines, resource), told.isEmpty() ? pods : told, Part.NONE)
                  .forEach((part, cost) -> where.merge(part, cost, Scaled::plus));
            });
    return where;
  }

  /** The exporter publishes them by pod; looked at as often as pods are recorded. */
  private Map<Part, BigDecimal> recordedGpus() {
    Map<Part, BigDecimal> sums =
        hours.exactly(
            ("sum by (node, workload_type, workload) (sum_over_time((max by (pod, node,"
                    + " workload_type, workload) (%s))[%ds:4m] offset 5m))")
                .formatted(
                    Hours.select("namespend_pod_gpu_request_hourly_cost", namespace),
                    statement.period().hours() * 3600 - 1),
            sample -> Part.of(sample, "node"));
    sums.replaceAll((part, sum) -> sum.divide(SAMPLES_PER_HOUR, MathContext.DECIMAL128));
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  /** Exact cost over recorded detail: 1 where the detail says just what the lines say. */
  BigDecimal scale() {
    return Scaled.factor(computeLines(), recorded("pod:cost_hourly:direct", "node").values());
  }

  private Map<Part, BigDecimal> recorded(String series, String label) {
    Map<Part, BigDecimal> sums =
        hours.exactly(
            "sum by (%s, workload_type, workload) (sum_over_time(%s%s offset 5m))"
                .formatted(label, Hours.select(series, namespace), hours.period().range()),
            sample -> Part.of(sample, label));
    sums.replaceAll((part, sum) -> sum.divide(SAMPLES_PER_HOUR, MathContext.DECIMAL128));
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static List<Line> linesOf(List<Line> lines, String resource) {
    return lines.stream().filter(line -> line.key().item().resource().equals(resource)).toList();
  }

  private String inCluster(String series) {
    return Hours.selectCluster(series, namespace.cluster());
  }

  private static String all(List<Sample> infos, String label) {
    return infos.stream().map(info -> info.label(label)).distinct().sorted().collect(joining("+"));
  }

  /**
   * What detail is about.
   *
   * @param subject the node or the resource
   * @param workload such as Deployment/web
   */
  private record Part(String subject, String workload) implements Comparable<Part> {
    static final Part NONE = new Part("", "");

    static Part of(Sample sample, String label) {
      return new Part(
          sample.label(label), sample.label("workload_type") + "/" + sample.label("workload"));
    }

    @Override
    public int compareTo(Part other) {
      return comparing(Part::subject).thenComparing(Part::workload).compare(this, other);
    }
  }
}
