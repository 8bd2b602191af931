package io.namespend.reporter.statement;

import static java.util.Comparator.comparing;

import io.namespend.reporter.prometheus.Sample;
import java.util.Comparator;

/** A pool of a cluster. */
public record PoolKey(String cluster, String pool) implements Comparable<PoolKey> {
  private static final Comparator<PoolKey> ORDER =
      comparing(PoolKey::cluster).thenComparing(PoolKey::pool);

  public static PoolKey of(Sample sample) {
    return new PoolKey(sample.label("cluster"), sample.label("pool"));
  }

  @Override
  public int compareTo(PoolKey other) {
    return ORDER.compare(this, other);
  }
}
