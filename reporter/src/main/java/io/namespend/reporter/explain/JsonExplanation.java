package io.namespend.reporter.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.reporter.statement.Json;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.Statement;
import java.math.BigDecimal;

/** An explanation with all its digits. */
public final class JsonExplanation {
  private JsonExplanation() {}

  public static String render(Explanation explanation) {
    Statement statement = explanation.statement();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("cluster", explanation.namespace().cluster());
    root.put("namespace", explanation.namespace().namespace());
    root.put("period_start", statement.period().start().toString());
    root.put("period_end", statement.period().until().toString());
    root.put("currency", statement.currency());
    root.put("amount", explanation.amount());
    root.put("rules", statement.rules());
    root.put(
        "coverage",
        statement.coverage().getOrDefault(explanation.namespace().cluster(), BigDecimal.ZERO));
    putLines(explanation, root.putArray("lines"));
    ArrayNode workloads = root.putArray("workloads");
    for (WorkloadCost workload : explanation.workloads()) {
      workloads
          .addObject()
          .put("resource", workload.resource())
          .put("workload", workload.name())
          .put("amount", workload.amount());
    }
    root.put("compute_scale", explanation.computeScale());
    putNodes(explanation, root.putArray("nodes"));
    root.put("asset_scale", explanation.assetScale());
    putAssets(explanation, root.putArray("assets"));
    putPools(explanation, root.putArray("pools"));
    putGroups(explanation, root.putArray("node_groups"));
    return Json.render(root);
  }

  private static void putLines(Explanation explanation, ArrayNode lines) {
    for (Line line : explanation.lines()) {
      lines
          .addObject()
          .put(line.key().item().isPool() ? "pool" : "resource", line.key().item().name())
          .put("cost_center", line.key().owner().costCenter())
          .put("team", line.key().owner().team())
          .put("environment", line.key().owner().environment())
          .put("quantity", line.quantity().value())
          .put("unit", line.quantity().unit())
          .put("unit_price", line.quantity().unitPrice())
          .put("amount", line.amount())
          .put("method", line.method())
          .put("audit_key", line.auditKey());
    }
  }

  private static void putNodes(Explanation explanation, ArrayNode nodes) {
    for (NodeCost node : explanation.nodes()) {
      nodes
          .addObject()
          .put("node", node.node())
          .put("instance_type", node.instanceType())
          .put("price_source", node.priceSource())
          .put("workload", node.workload())
          .put("node_hours", node.nodeHours())
          .put("hourly_price", node.hourlyPrice())
          .put("amount", node.amount());
    }
  }

  private static void putAssets(Explanation explanation, ArrayNode assets) {
    for (AssetCost asset : explanation.assets()) {
      assets
          .addObject()
          .put("resource", asset.resource())
          .put("name", asset.name())
          .put("detail", asset.detail())
          .put("quantity", asset.quantity())
          .put("unit", asset.unit())
          .put("unit_price", asset.unitPrice())
          .put("amount", asset.amount());
    }
  }

  private static void putGroups(Explanation explanation, ArrayNode groups) {
    for (GroupShare group : explanation.groups()) {
      ObjectNode node =
          groups
              .addObject()
              .put("pool", group.pool())
              .put("node_group", group.nodeGroup())
              .put("group_cost", group.groupCost());
      ObjectNode resources = node.putObject("group_cost_by_resource");
      group.resources().forEach(resources::put);
      node.put("share", group.share()).put("amount", group.amount());
      putGroupNodes(group, node.putArray("nodes"));
    }
  }

  private static void putGroupNodes(GroupShare group, ArrayNode nodes) {
    for (GroupNode node : group.nodes()) {
      ObjectNode object =
          nodes
              .addObject()
              .put("node_group", node.nodeGroup())
              .put("node", node.node())
              .put("cost", node.cost());
      ObjectNode resources = object.putObject("cost_by_resource");
      node.resources().forEach(resources::put);
      object.put("amount", node.amount());
    }
  }

  private static void putPools(Explanation explanation, ArrayNode pools) {
    for (PoolShare pool : explanation.pools()) {
      pools
          .addObject()
          .put("pool", pool.pool())
          .put("method", pool.method())
          .put("pool_cost", pool.poolCost())
          .put("share", pool.share())
          .put("key", pool.key())
          .put("keys_of_all", pool.keys())
          .put("floor", pool.floor())
          .put("floors_of_all", pool.floors())
          .put("amount", pool.amount());
    }
  }
}
