package io.namespend.reporter.statement;

import io.namespend.reporter.prometheus.Sample;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** How each line came to its amount; the names are explained in docs/statement.md. */
final class Methods {
  private final Map<NamespaceKey, Map<String, Double>> models = new TreeMap<>();
  private final Map<PoolKey, SortedSet<String>> splits = new TreeMap<>();

  private Methods() {}

  static Methods read(Hours hours) {
    Methods methods = new Methods();
    String range = hours.period().range();
    String weight = hours.select("namespend_allocation_weight");
    // The model at the end counts; of a namespace that was gone by then, its last one.
    for (Sample sample :
        hours.query(
            "max by (cluster, namespace, basis) (%s offset 5m)".formatted(weight)
                + " or on (cluster, namespace)"
                + " max by (cluster, namespace, basis) (last_over_time(%s%s))"
                    .formatted(weight, range))) {
      methods
          .models
          .computeIfAbsent(NamespaceKey.of(sample), key -> new TreeMap<>())
          .put(sample.label("basis"), sample.value());
    }
    String split = hours.select("namespend_pool_split_info");
    for (Sample sample :
        hours.query(
            "group by (cluster, pool, split) (last_over_time(%s%s))".formatted(split, range))) {
      methods.addSplit(PoolKey.of(sample), sample.label("split"));
    }
    String missing = hours.select("pool:driver_missing:bool");
    for (Sample sample :
        hours.query("group by (cluster, pool) (last_over_time(%s%s))".formatted(missing, range))) {
      methods.addSplit(PoolKey.of(sample), "proportional");
    }
    return methods;
  }

  String of(LineKey line) {
    if (line.item().isPool()) {
      return line.namespace().isEmpty() ? "unallocated" : "pool-" + split(line);
    }
    return switch (line.item().resource()) {
      case "cpu", "memory" -> "direct-" + model(new NamespaceKey(line.cluster(), line.namespace()));
      case "gpu" -> "direct-request";
      default -> "direct";
    };
  }

  /** Several where the policy changed. */
  private String split(LineKey line) {
    SortedSet<String> found = splits.get(new PoolKey(line.cluster(), line.item().pool()));
    return found == null ? "unknown" : String.join("+", found);
  }

  private String model(NamespaceKey namespace) {
    Map<String, Double> weights = models.getOrDefault(namespace, Map.of());
    return weights.entrySet().stream()
        .filter(weight -> weight.getValue() == 1)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(weights.isEmpty() ? "unknown" : "blended");
  }

  private void addSplit(PoolKey pool, String split) {
    splits.computeIfAbsent(pool, key -> new TreeSet<>()).add(split);
  }
}
