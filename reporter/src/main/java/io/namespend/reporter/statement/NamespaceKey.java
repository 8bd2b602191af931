package io.namespend.reporter.statement;

import static java.util.Comparator.comparing;

import io.namespend.reporter.prometheus.Sample;
import java.util.Comparator;

/** A namespace of a cluster. */
public record NamespaceKey(String cluster, String namespace) implements Comparable<NamespaceKey> {
  private static final Comparator<NamespaceKey> ORDER =
      comparing(NamespaceKey::cluster).thenComparing(NamespaceKey::namespace);

  public static NamespaceKey of(Sample sample) {
    return new NamespaceKey(sample.label("cluster"), sample.label("namespace"));
  }

  @Override
  public int compareTo(NamespaceKey other) {
    return ORDER.compare(this, other);
  }
}
