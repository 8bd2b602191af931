package io.namespend.exporter.policy.pool;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Who bears a pool, and by what key.
 *
 * @param weights of a weighted split, else empty
 * @param floor what each tenant that takes part bears in any case, per hour
 * @param tenants who takes part
 * @param except who does not, although {@code tenants} matches
 */
public record Sharing(
    Split split, Weights weights, double floor, NamespaceGlobs tenants, NamespaceGlobs except) {
  public Sharing {
    requireNonNull(split, "split");
    requireNonNull(weights, "weights");
    requireNonNull(tenants, "tenants");
    requireNonNull(except, "except");
  }

  /** By direct cost, over all tenants. */
  public static Sharing usual() {
    return new Sharing(
        Split.PROPORTIONAL, Weights.NONE, 0, NamespaceGlobs.ALL, NamespaceGlobs.NONE);
  }

  /** Of a tenant; 0 for one that takes no part. Only ratios between weights count. */
  public double weight(String tenant) {
    if (split == Split.NONE || !tenants.matches(tenant) || except.matches(tenant)) {
      return 0;
    }
    return split == Split.WEIGHTED ? weights.of(tenant) : 1;
  }

  /**
   * Configured shares.
   *
   * @param values one for each glob; the first glob that matches counts
   */
  public record Weights(NamespaceGlobs namespaces, List<Double> values) {
    public static final Weights NONE = new Weights(NamespaceGlobs.NONE, List.of());

    public Weights {
      values = List.copyOf(values);
    }

    private double of(String tenant) {
      for (int i = 0; i < values.size(); i++) {
        if (namespaces.globs().get(i).matches(tenant)) {
          return values.get(i);
        }
      }
      return 0;
    }
  }
}
