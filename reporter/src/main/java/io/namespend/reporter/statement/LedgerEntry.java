package io.namespend.reporter.statement;

import static java.util.Comparator.comparing;

import io.namespend.reporter.prometheus.Sample;
import java.util.Comparator;

/**
 * Labels of ledger_line:cost:sum1h.
 *
 * @param namespace empty for a pool that nobody bears, and for a team's own service
 * @param owner what the ledger itself says, only for a team's own service
 */
record LedgerEntry(String cluster, String namespace, Item item, Owner owner)
    implements Comparable<LedgerEntry> {
  static final String SERIES = "ledger_line:cost:sum1h";

  /** What the ledger leaves out where a team owns a service alone. */
  private static final Item EXTERNAL = Item.ofResource("external");

  private static final Comparator<LedgerEntry> ORDER =
      comparing(LedgerEntry::cluster)
          .thenComparing(LedgerEntry::namespace)
          .thenComparing(LedgerEntry::item)
          .thenComparing(LedgerEntry::owner);

  static LedgerEntry of(Sample sample) {
    String pool = sample.label("pool");
    String resource = sample.label("resource");
    Item item =
        !pool.isEmpty()
            ? Item.ofPool(pool)
            : resource.isEmpty() ? EXTERNAL : Item.ofResource(resource);
    return new LedgerEntry(
        sample.label("cluster"), sample.label("namespace"), item, Owner.of(sample));
  }

  NamespaceKey namespaceKey() {
    return new NamespaceKey(cluster, namespace);
  }

  @Override
  public int compareTo(LedgerEntry other) {
    return ORDER.compare(this, other);
  }
}
