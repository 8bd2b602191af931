package io.namespend.reporter.explain;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.digest.TextTable;
import io.namespend.reporter.digest.TextTable.Align;
import io.namespend.reporter.statement.LargestRemainder;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.Statement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** For a terminal of 100 columns. Names that are too long lose their middle. */
public final class TextExplanation {
  private static final int NAME = 24;
  private static final int SHORT_NAME = 15;

  private static final int NARROW_NAME = 8;

  /** How many nodes of each node group are shown. */
  public static final int NODES = 5;

  private TextExplanation() {}

  public static String render(Explanation explanation) {
    return render(explanation, NODES);
  }

  /**
   * @param nodes how many nodes of each group's part of a pool to show, those with most of it
   */
  public static String render(Explanation explanation, int nodes) {
    StringBuilder text = new StringBuilder();
    appendHead(explanation, text);
    appendLines(explanation, text);
    appendWorkloads(explanation, text);
    appendNodes(explanation, text);
    appendAssets(explanation, text);
    appendPools(explanation, text);
    appendGroups(explanation, text);
    appendGroupNodes(explanation, nodes, text);
    return text.toString();
  }

  private static void appendHead(Explanation explanation, StringBuilder text) {
    Statement statement = explanation.statement();
    String namespace = explanation.namespace().namespace();
    String cluster = explanation.namespace().cluster();
    text.append(
        "%s%s: %s %s from %s to %s%n"
            .formatted(
                namespace.isEmpty() ? "No namespace" : clipped(namespace, 2 * NAME),
                cluster.isEmpty() ? "" : " in " + clipped(cluster, NAME),
                explanation.amount().toPlainString(),
                PlainText.name(statement.currency()),
                statement.period().start(),
                statement.period().until()));
    text.append(
        "Rules %s; %s %% of the minutes have figures%n"
            .formatted(
                clipped(statement.rules(), 2 * NAME),
                statement
                    .coverage()
                    .getOrDefault(cluster, BigDecimal.ZERO)
                    .movePointRight(2)
                    .toPlainString()));
  }

  private static void appendLines(Explanation explanation, StringBuilder text) {
    TextTable table =
        new TextTable(
            Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.LEFT);
    table.add(List.of("WHAT", "TEAM", "QUANTITY", "UNIT", "x PRICE", "= AMOUNT", "METHOD"));
    for (Line line : explanation.lines()) {
      table.add(
          List.of(
              clipped(line.key().item().name(), SHORT_NAME),
              clipped(line.key().owner().team(), SHORT_NAME),
              figure(line.quantity().value()),
              line.quantity().unit(),
              figure(line.quantity().unitPrice()),
              line.amount().toPlainString(),
              clipped(line.method(), NAME)));
    }
    addTotal(table, 4, explanation.amount(), 1);
    append("Lines of the statement", table, text);
  }

  private static void appendWorkloads(Explanation explanation, StringBuilder text) {
    if (explanation.workloads().isEmpty()) {
      return;
    }
    TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT);
    table.add(List.of("RESOURCE", "WORKLOAD", "AMOUNT"));
    for (WorkloadCost workload : explanation.workloads()) {
      table.add(
          List.of(
              workload.resource(),
              clipped(known(workload.name()), 2 * NAME),
              workload.amount().toPlainString()));
    }
    addTotal(table, 1, Explanation.sum(explanation.workloads(), WorkloadCost::amount), 0);
    append("By workload: samples of every four minutes, scaled to the lines", table, text);
  }

  private static void appendNodes(Explanation explanation, StringBuilder text) {
    if (explanation.nodes().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
    table.add(
        List.of("NODE", "TYPE", "WORKLOAD", "NODE-HOURS", "x PRICE", "= AMOUNT", "PRICE FROM"));
    for (NodeCost node : explanation.nodes()) {
      table.add(
          List.of(
              clipped(known(node.node()), NAME - 6),
              clipped(node.instanceType(), SHORT_NAME - 3),
              clipped(known(node.workload()), NAME),
              figure(node.nodeHours()),
              figure(node.hourlyPrice()),
              node.amount().toPlainString(),
              clipped(node.priceSource(), NAME)));
    }
    addTotal(table, 4, Explanation.sum(explanation.nodes(), NodeCost::amount), 1);
    append(
        isAllCompute(explanation)
            ? "By node: all CPU, memory and GPUs of the namespace, samples scaled by "
                + explanation.computeScale().toPlainString()
            : "By node: where the lines of CPU, memory and GPUs were, samples scaled to them",
        table,
        text);
  }

  /** Whether the lines are all that the namespace has of it. */
  private static boolean isAllCompute(Explanation explanation) {
    return explanation
        .lines()
        .containsAll(
            explanation.statement().lines().stream()
                .filter(
                    line ->
                        line.key().cluster().equals(explanation.namespace().cluster())
                            && line.key().namespace().equals(explanation.namespace().namespace())
                            && Detail.COMPUTE.contains(line.key().item().resource()))
                .toList());
  }

  private static void appendAssets(Explanation explanation, StringBuilder text) {
    if (explanation.assets().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT, Align.RIGHT, Align.RIGHT);
    table.add(List.of("WHAT", "NAME", "OF", "QUANTITY", "UNIT", "x PRICE", "= AMOUNT"));
    for (AssetCost asset : explanation.assets()) {
      table.add(
          List.of(
              asset.resource(),
              clipped(known(asset.name()), NAME),
              clipped(asset.detail(), SHORT_NAME),
              figure(asset.quantity()),
              asset.unit(),
              figure(asset.unitPrice()),
              asset.amount().toPlainString()));
    }
    addTotal(table, 5, Explanation.sum(explanation.assets(), AssetCost::amount), 0);
    append(
        "What the namespace owns: samples of every minute, scaled by "
            + explanation.assetScale().toPlainString(),
        table,
        text);
  }

  private static void appendPools(Explanation explanation, StringBuilder text) {
    if (explanation.pools().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT);
    table.add(List.of("POOL", "COST", "x SHARE", "= AMOUNT", "METHOD", "KEY", "OF ALL", "FLOOR"));
    for (PoolShare pool : explanation.pools()) {
      table.add(
          List.of(
              clipped(pool.pool(), SHORT_NAME),
              pool.poolCost().setScale(2, RoundingMode.HALF_UP).toPlainString(),
              figure(pool.share()),
              pool.amount().toPlainString(),
              clipped(pool.method(), NAME),
              figure(pool.key()),
              figure(pool.keys()),
              figure(pool.floor())));
    }
    addTotal(table, 2, Explanation.sum(explanation.pools(), PoolShare::amount), 4);
    append(
        "Pools: shares as they were borne; keys are averages, weighted by what was split",
        table,
        text);
    for (PoolShare pool : explanation.pools()) {
      if (pool.floors().signum() > 0) {
        text.append(
            "%s: floors of all are %s; the share is (floor + (cost - %s) x key / of all) / cost%n"
                .formatted(
                    clipped(pool.pool(), SHORT_NAME),
                    figure(pool.floors()),
                    figure(pool.floors())));
      }
    }
  }

  private static void appendGroups(Explanation explanation, StringBuilder text) {
    if (explanation.groups().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT);
    table.add(List.of("POOL", "NODE GROUP", "CPU", "MEMORY", "GPU", "COST", "x SHARE", "= AMOUNT"));
    for (GroupShare group : explanation.groups()) {
      table.add(
          List.of(
              clipped(group.pool(), SHORT_NAME),
              group.nodeGroup().isEmpty() ? "(without tenants)" : clipped(group.nodeGroup(), NAME),
              money(group.resources().get("cpu")),
              money(group.resources().get("memory")),
              money(group.resources().get("gpu")),
              money(group.groupCost()),
              figure(group.share()),
              group.amount().toPlainString()));
    }
    addTotal(table, 6, Explanation.sum(explanation.groups(), GroupShare::amount), 0);
    append("Where that is: what node groups have of the pools, and the shares of it", table, text);
  }

  private static void appendGroupNodes(Explanation explanation, int shown, StringBuilder text) {
    if (shown == 0 || explanation.groups().stream().allMatch(group -> group.nodes().isEmpty())) {
      return;
    }
    TextTable table =
        new TextTable(
            Align.LEFT,
            Align.LEFT,
            Align.LEFT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT,
            Align.RIGHT);
    table.add(List.of("POOL", "NODE GROUP", "NODE", "CPU", "MEMORY", "GPU", "COST", "AMOUNT"));
    for (GroupShare group : explanation.groups()) {
      List<GroupNode> nodes = group.nodes();
      // One that is left needs as much room as saying that it is.
      int first = nodes.size() <= shown + 1 ? nodes.size() : shown;
      List<BigDecimal> costs = new ArrayList<>();
      nodes.subList(0, first).forEach(node -> costs.add(node.cost()));
      if (first < nodes.size()) {
        costs.add(Explanation.sum(nodes.subList(first, nodes.size()), GroupNode::cost));
      }
      List<BigDecimal> cents =
          LargestRemainder.round(group.groupCost().setScale(2, RoundingMode.HALF_UP), costs, 2);
      for (int i = 0; i < first; i++) {
        GroupNode node = nodes.get(i);
        addNode(table, group, name(node), node.resources(), cents.get(i), node.amount());
      }
      if (nodes.isEmpty()) {
        addNode(table, group, known(""), group.resources(), group.groupCost(), group.amount());
      } else if (first < nodes.size()) {
        addRest(table, group, nodes.subList(first, nodes.size()), cents.get(first));
      }
    }
    addTotal(table, 6, Explanation.sum(explanation.groups(), GroupShare::amount), 0);
    append("Node by node: samples of every two minutes, scaled to the groups", table, text);
  }

  private static String name(GroupNode node) {
    return node.node().isEmpty() ? "all of " + node.nodeGroup() : node.node();
  }

  private static void addRest(
      TextTable table, GroupShare group, List<GroupNode> rest, BigDecimal cost) {
    Map<String, BigDecimal> resources = new TreeMap<>();
    rest.forEach(
        node ->
            node.resources()
                .forEach((resource, each) -> resources.merge(resource, each, BigDecimal::add)));
    addNode(
        table,
        group,
        rest.size() + " others",
        resources,
        cost,
        Explanation.sum(rest, GroupNode::amount));
  }

  private static void addNode(
      TextTable table,
      GroupShare group,
      String name,
      Map<String, BigDecimal> resources,
      BigDecimal cost,
      BigDecimal amount) {
    table.add(
        List.of(
            clipped(group.pool(), NARROW_NAME),
            group.nodeGroup().isEmpty() ? "(no tenants)" : clipped(group.nodeGroup(), SHORT_NAME),
            clipped(name, NAME - 6),
            money(resources.get("cpu")),
            money(resources.get("memory")),
            money(resources.get("gpu")),
            money(cost),
            amount.toPlainString()));
  }

  private static String money(@Nullable BigDecimal amount) {
    return amount == null ? "" : amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  /**
   * @param before empty cells between the word and the amount
   * @param after empty cells behind it
   */
  private static void addTotal(TextTable table, int before, BigDecimal amount, int after) {
    List<String> row = new ArrayList<>(List.of("total"));
    row.addAll(Collections.nCopies(before, ""));
    row.add(amount.toPlainString());
    row.addAll(Collections.nCopies(after, ""));
    table.add(row);
  }

  private static void append(String title, TextTable table, StringBuilder text) {
    text.append('\n').append(title).append('\n').append(table);
  }

  /** Five digits, and none behind the point for large ones. */
  private static String figure(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal rounded =
        value.abs().compareTo(BigDecimal.valueOf(10_000)) >= 0
            ? value.setScale(0, RoundingMode.HALF_UP)
            : value.round(new MathContext(5, RoundingMode.HALF_UP));
    return rounded.toPlainString();
  }

  private static String known(String name) {
    return name.isEmpty() ? "(not recorded)" : name;
  }

  private static String clipped(String label, int width) {
    String name = PlainText.printable(label).strip();
    int length = name.codePointCount(0, name.length());
    if (length <= width) {
      return name;
    }
    int head = width / 2;
    int tail = width - head - 1;
    return name.substring(0, name.offsetByCodePoints(0, head))
        + "…"
        + name.substring(name.offsetByCodePoints(0, length - tail));
  }
}
