package io.namespend.reporter.statement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;

/** The same lines as JSON, with what holds for all of them before. */
public final class JsonStatement {
  private static final String ROUNDING =
      "total: the whole, rounded half up to the currency's smallest unit; lines: rounded down, then"
          + " one unit more for those with the largest remainders, until they add up to the total";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonStatement() {}

  public static String render(Statement statement) {
    ObjectNode root = NODES.objectNode();
    root.set("statement", metadata(statement));
    ArrayNode lines = root.putArray("lines");
    statement.lines().forEach(line -> lines.add(line(statement, line)));
    if (!statement.nodeGroups().isEmpty()) {
      putPools(statement, root.putArray("pools"));
    }
    return Json.render(root);
  }

  /** Where the pools of nodes are, of which lines are shares. */
  private static void putPools(Statement statement, ArrayNode pools) {
    statement
        .nodeGroups()
        .forEach(
            (key, groups) -> {
              ObjectNode pool =
                  pools.addObject().put("cluster", key.cluster()).put("pool", key.pool());
              ObjectNode costs = pool.putObject("cost_by_node_group");
              groups.forEach(costs::put);
            });
  }

  private static ObjectNode metadata(Statement statement) {
    ObjectNode metadata = NODES.objectNode();
    metadata.put("period", statement.period().name());
    metadata.put("period_start", statement.period().start().toString());
    metadata.put("period_end", statement.period().until().toString());
    metadata.put("status", statement.status());
    metadata.put("currency", statement.currency());
    metadata.put("total", statement.total());
    statement.corrects().ifPresent(booked -> metadata.put("booked_before", booked));
    metadata.put("whole_before_rounding", statement.whole().setScale(12, RoundingMode.HALF_UP));
    metadata.put("rounding", ROUNDING);
    metadata.put("rules", statement.rules());
    ObjectNode coverage = metadata.putObject("coverage");
    statement.coverage().forEach(coverage::put);
    ArrayNode warnings = metadata.putArray("warnings");
    statement.warnings().forEach(warnings::add);
    return metadata;
  }

  private static ObjectNode line(Statement statement, Line line) {
    LineKey key = line.key();
    ObjectNode node = NODES.objectNode();
    if (statement.corrects().isPresent()) {
      node.put("charge_class", "Correction");
    }
    node.put("cost_center", key.owner().costCenter());
    node.put("team", key.owner().team());
    node.put("environment", key.owner().environment());
    node.put("cluster", key.cluster());
    node.put("namespace", key.namespace());
    node.put(key.item().isPool() ? "pool" : "resource", key.item().name());
    node.put("quantity", line.quantity().value());
    node.put("unit", line.quantity().unit());
    node.put("unit_price", line.quantity().unitPrice());
    node.put("amount", line.amount());
    node.put("gl_account", line.glAccount());
    node.put("method", line.method());
    statement.usageMeasured(line).ifPresent(share -> node.put("usage_measured", share));
    node.put("audit_key", line.auditKey());
    return node;
  }
}
