package io.namespend.ledger.serve;

import io.namespend.ledger.store.BillStore.ClusterTotal;
import io.namespend.ledger.store.BillVersion;
import java.util.List;

/**
 * What is served of the books, all of it from the same versions.
 *
 * @param prices of each resource
 * @param sheet averages by kind of machine
 */
record ServedBooks(List<Month> months, Document prices, Document sheet) {
  ServedBooks {
    months = List.copyOf(months);
  }

  List<BillVersion> versions() {
    return months.stream().map(Month::version).toList();
  }

  /**
   * A month of one source.
   *
   * @param imported how many versions of it there were
   */
  record Month(BillVersion version, int imported, List<ClusterTotal> totals) {
    Month {
      totals = List.copyOf(totals);
    }
  }
}
