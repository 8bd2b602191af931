package io.namespend.ledger.reconcile;

import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/**
 * The bills of a month that are valid now.
 *
 * @param versions one of each source
 */
public record MonthBills(YearMonth month, List<BillVersion> versions) {
  public MonthBills {
    versions = List.copyOf(versions);
  }

  public static MonthBills of(BillStore store, YearMonth month) {
    return new MonthBills(
        month, store.current().stream().filter(version -> version.period().equals(month)).toList());
  }

  public boolean isEmpty() {
    return versions.isEmpty();
  }

  /** Amounts of several currencies are never added. */
  public boolean hasSeveralCurrencies() {
    return versions.stream().map(BillVersion::currency).distinct().count() > 1;
  }

  /**
   * @throws java.util.NoSuchElementException if there is none
   */
  public String currency() {
    return versions.stream().map(BillVersion::currency).findFirst().orElseThrow();
  }

  /**
   * The last day that is billed.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public LocalDate until() {
    return versions.stream().map(BillVersion::until).max(LocalDate::compareTo).orElseThrow();
  }
}
