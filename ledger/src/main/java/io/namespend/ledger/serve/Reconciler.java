package io.namespend.ledger.serve;

import io.namespend.ledger.reconcile.MonthBills;
import io.namespend.ledger.reconcile.Reconciliation;
import io.namespend.ledger.reconcile.RecordedNodes;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.StoreException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Compares this month and the last one with what Prometheus recorded, every hour. */
public final class Reconciler {
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final Duration WAIT_AFTER_FAILURE = Duration.ofMinutes(5);

  private final Path ledger;
  private final RecordedNodes recorded;
  private final Clock clock;
  private Instant due = Instant.MIN;
  private List<MonthBills> lastBills = List.of();

  private volatile Reconciled reconciled = new Reconciled(List.of(), Optional.empty());

  /**
   * @param recorded asks Prometheus
   */
  public Reconciler(Path ledger, RecordedNodes recorded, Clock clock) {
    this.ledger = ledger;
    this.recorded = recorded;
    this.clock = clock;
  }

  /**
   * What came of it last.
   *
   * @param at empty before the first time
   */
  record Reconciled(List<Month> months, Optional<Instant> at) {
    Reconciled {
      months = List.copyOf(months);
    }
  }

  /** A month's sums, without the lines that they are of. */
  record Month(
      YearMonth month,
      String currency,
      SortedMap<String, Reconciliation.ClusterSums> clusters,
      BigDecimal withoutNode) {}

  Reconciled reconciled() {
    return reconciled;
  }

  /**
   * One round, which often has nothing to do; called by one thread at a time. What was compared
   * stays if this fails.
   *
   * @throws StoreException if the books cannot be read
   * @throws io.namespend.ledger.reconcile.PrometheusException if there is no answer
   */
  void refresh() {
    Instant now = clock.instant();
    try (BillStore store = BillStore.openExisting(ledger)) {
      List<MonthBills> bills = bills(store, now);
      if (now.isBefore(due) && bills.equals(lastBills)) {
        return;
      }
      due = now.plus(WAIT_AFTER_FAILURE);
      lastBills = bills;
      List<Month> months = new ArrayList<>();
      for (MonthBills month : bills) {
        months.add(month(store, month));
      }
      // Charges of a version go when it is replaced. If one was meanwhile, the next round compares.
      if (bills(store, now).equals(bills)) {
        reconciled = new Reconciled(months, Optional.of(now));
        due = now.plus(INTERVAL);
      }
    }
  }

  private static List<MonthBills> bills(BillStore store, Instant now) {
    YearMonth current = YearMonth.from(now.atZone(ZoneOffset.UTC));
    return List.of(MonthBills.of(store, current.minusMonths(1)), MonthBills.of(store, current))
        .stream()
        .filter(month -> !month.isEmpty())
        .toList();
  }

  private Month month(BillStore store, MonthBills bills) {
    if (bills.hasSeveralCurrencies()) {
      throw new StoreException(
          "%s: the bills of %s are in several currencies, which are not added; keep a ledger for each"
              .formatted(ledger, bills.month()));
    }
    Reconciliation result =
        new Reconciliation(store, bills.versions(), recorded.read(bills.month(), bills.until()));
    return new Month(bills.month(), bills.currency(), result.byCluster(), result.withoutNode());
  }
}
