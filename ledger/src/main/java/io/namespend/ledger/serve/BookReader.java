package io.namespend.ledger.serve;

import io.namespend.ledger.price.EffectivePrices;
import io.namespend.ledger.rules.BillSettings.Commitments;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the books again when a version was imported. What was read stays if that fails. */
public final class BookReader {
  private final Path ledger;
  private final Commitments commitments;
  private final int days;

  private volatile Optional<ServedBooks> served = Optional.empty();

  /**
   * @param days how many of the last billed ones prices are from
   */
  public BookReader(Path ledger, Commitments commitments, int days) {
    this.ledger = ledger;
    this.commitments = commitments;
    this.days = days;
  }

  /** Empty before the books had a bill. */
  Optional<ServedBooks> served() {
    return served;
  }

  Path ledger() {
    return ledger;
  }

  /**
   * One round; called by one thread at a time.
   *
   * @throws io.namespend.ledger.store.StoreException if the books cannot be read
   */
  void refresh() {
    try (BillStore store = BillStore.openExisting(ledger)) {
      List<BillVersion> current = store.current();
      if (current.isEmpty() || served.map(ServedBooks::versions).equals(Optional.of(current))) {
        return;
      }
      ServedBooks read = read(store, current);
      // Charges of a version go when it is replaced. If one was meanwhile, the next round reads.
      if (store.current().equals(current)) {
        served = Optional.of(read);
      }
    }
  }

  private ServedBooks read(BillStore store, List<BillVersion> current) {
    EffectivePrices prices = new EffectivePrices(store, commitments, days);
    return new ServedBooks(
        current.stream()
            .map(
                version ->
                    new ServedBooks.Month(
                        version, store.importedVersions(version), store.clusterTotals(version)))
            .toList(),
        new Document(prices.bill()),
        new Document(prices.sheet()));
  }
}
