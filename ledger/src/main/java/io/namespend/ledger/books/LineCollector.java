package io.namespend.ledger.books;

import io.namespend.ledger.bill.Amount;
import io.namespend.ledger.bill.BillLine;
import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.export.LineSink;
import io.namespend.ledger.export.TagReader;
import io.namespend.ledger.rules.BillSettings;
import io.namespend.ledger.store.Charge;
import io.namespend.ledger.store.Staging;
import io.namespend.ledger.store.Sums;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives each line its class and adds up those of one day and resource. Memory holds so many
 * charges, then they are written: it does not grow with the bill.
 */
final class LineCollector implements LineSink {
  private static final int MOST_IN_MEMORY = 30_000;

  private final BillSettings settings;
  private final Staging staging;
  private final Map<Charge, Sums> charges = new HashMap<>();
  private final CommitmentCheck commitments = new CommitmentCheck();
  private Optional<YearMonth> period;
  private final boolean isMonthGiven;
  private String currency = "";
  private final Set<String> payers = new TreeSet<>();
  private Optional<LocalDate> until = Optional.empty();
  private Sums total = Sums.NONE;
  private long otherMonths;
  private long splitLines;
  private long withoutInvoice;
  private boolean hasParts;

  /**
   * @param month lines of others are left out; without one, all must be of the same
   */
  LineCollector(BillSettings settings, Staging staging, Optional<YearMonth> month) {
    this.settings = settings;
    this.staging = staging;
    this.period = month;
    this.isMonthGiven = month.isPresent();
  }

  @Override
  public void take(BillLine line) {
    if (isOfOtherMonth(line.period())) {
      otherMonths++;
      return;
    }
    checkCurrency(line);
    payers.add(line.payer());
    Sums sums = Sums.of(line);
    Charge charge =
        new Charge(
            line.span().day(),
            line.charge(),
            settings.assign(line),
            line.product(),
            line.account(),
            line.resource(),
            line.commitment(),
            line.tags().getOrDefault(TagReader.CLUSTER, ""),
            line.isPart());
    charges.merge(charge, sums, Sums::plus);
    total = total.plus(sums);
    commitments.add(line);
    withoutInvoice += line.isInvoiced() ? 0 : 1;
    hasParts |= line.isPart();
    noteDay(line);
    if (charges.size() >= MOST_IN_MEMORY) {
      flush();
    }
  }

  private boolean isOfOtherMonth(YearMonth month) {
    if (period.isEmpty()) {
      period = Optional.of(month);
    }
    if (period.get().equals(month)) {
      return false;
    }
    if (!isMonthGiven) {
      throw new IllegalArgumentException(
          "is of %s, but lines before it are of %s; say which month with --month"
              .formatted(month, period.get()));
    }
    return true;
  }

  private void checkCurrency(BillLine line) {
    if (!currency.isEmpty() && line.currency().equals(currency)) {
      return;
    }
    if (!line.currency().matches("[A-Z]{3}")) {
      throw new IllegalArgumentException(
          "the currency is \"%s\"; it must be one such as USD".formatted(line.currency()));
    }
    if (!currency.isEmpty()) {
      throw new IllegalArgumentException(
          "is in %s, but lines before it are in %s, and currencies are not added; import each account by itself, with --source"
              .formatted(line.currency(), currency));
    }
    currency = line.currency();
  }

  private void noteDay(BillLine line) {
    if (line.charge() == ChargeKind.USAGE || line.charge() == ChargeKind.COVERED_USAGE) {
      LocalDate last = lastDay(line);
      if (until.isEmpty() || until.get().isBefore(last)) {
        until = Optional.of(last);
      }
    }
  }

  /** A monthly line is of every day of its month. */
  private static LocalDate lastDay(BillLine line) {
    LocalDate day = line.span().day();
    if (line.span().clock() != 0) {
      return day;
    }
    LocalDate last = day.plusDays(Math.max(0, line.span().used().decimal().longValue() - 1) / 24);
    LocalDate end = line.period().atEndOfMonth();
    return last.isAfter(end) ? end : last;
  }

  @Override
  public void discounted(Amount above, boolean isDiscountLine) {
    commitments.discounted(above, isDiscountLine);
  }

  @Override
  public void leaveSplit() {
    splitLines++;
  }

  void flush() {
    if (!charges.isEmpty()) {
      staging.add(charges);
      charges.clear();
    }
  }

  long read() {
    return total.lines() + splitLines + otherMonths;
  }

  Sums total() {
    return total;
  }

  CommitmentCheck commitments() {
    return commitments;
  }

  Optional<YearMonth> period() {
    return total.lines() == 0 ? Optional.empty() : period;
  }

  Optional<LocalDate> until() {
    return until;
  }

  String currency() {
    return currency;
  }

  /** Several in FOCUS. */
  Set<String> payers() {
    return payers;
  }

  long otherMonths() {
    return otherMonths;
  }

  long splitLines() {
    return splitLines;
  }

  boolean hasParts() {
    return hasParts;
  }

  boolean isInvoiced() {
    return withoutInvoice == 0;
  }
}
