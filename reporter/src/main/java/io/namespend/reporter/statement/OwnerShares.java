package io.namespend.reporter.statement;

import static java.util.Comparator.comparing;

import io.namespend.reporter.prometheus.Sample;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who bears how much of each namespace. What the rules recorded by namespace and owner decides;
 * where they recorded none, the direct cost of the owners' workloads; where there is none, how long
 * the namespace had which owner.
 */
final class OwnerShares {
  /** In the order in which they decide. */
  private static final String COST = "namespace_owner:cost:sum1h";

  private static final String DIRECT = "namespace_owner:cost_hourly:direct";
  private static final String INFO = "namespend_namespace_info";

  private final Map<NamespaceKey, SortedMap<Owner, BigDecimal>> weights = new TreeMap<>();

  private OwnerShares() {}

  static OwnerShares read(Hours hours, Set<NamespaceKey> namespaces) {
    OwnerShares shares = new OwnerShares();
    shares.add(hours.sums(COST, NamespaceOwner::of));
    if (!shares.weights.keySet().containsAll(namespaces)) {
      shares.add(hours.sums(DIRECT, NamespaceOwner::of));
    }
    if (!shares.weights.keySet().containsAll(namespaces)) {
      shares.add(hours.counts(INFO, NamespaceOwner::of));
    }
    return shares;
  }

  /** Shares that add up to 1, but for the last of 34 digits. */
  SortedMap<Owner, BigDecimal> of(NamespaceKey namespace) {
    SortedMap<Owner, BigDecimal> shares = new TreeMap<>();
    Map<Owner, BigDecimal> weightsHere = weights.getOrDefault(namespace, new TreeMap<>());
    BigDecimal sum = weightsHere.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    weightsHere.forEach(
        (owner, weight) -> shares.put(owner, weight.divide(sum, MathContext.DECIMAL128)));
    if (shares.isEmpty()) {
      shares.put(Owner.UNATTRIBUTED, BigDecimal.ONE);
    }
    return shares;
  }

  /** Adds the namespaces that have none yet. */
  private void add(Map<NamespaceOwner, BigDecimal> found) {
    Set<NamespaceKey> known = Set.copyOf(weights.keySet());
    found.forEach(
        (key, weight) -> {
          if (weight.signum() > 0 && !known.contains(key.namespace())) {
            weights
                .computeIfAbsent(key.namespace(), namespace -> new TreeMap<>())
                .put(key.owner(), weight);
          }
        });
  }

  private record NamespaceOwner(NamespaceKey namespace, Owner owner)
      implements Comparable<NamespaceOwner> {
    static NamespaceOwner of(Sample sample) {
      return new NamespaceOwner(NamespaceKey.of(sample), Owner.of(sample));
    }

    @Override
    public int compareTo(NamespaceOwner other) {
      return comparing(NamespaceOwner::namespace)
          .thenComparing(NamespaceOwner::owner)
          .compare(this, other);
    }
  }
}
