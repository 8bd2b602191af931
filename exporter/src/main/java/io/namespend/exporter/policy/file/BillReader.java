package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.Bill;
import io.namespend.foundation.settings.Section;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads what was billed. */
final class BillReader {
  private final YearMonth current;
  private final Set<YearMonth> seen = new HashSet<>();

  /**
   * @param now in the month that is not over
   */
  BillReader(Instant now) {
    this.current = Bill.monthOf(now);
  }

  List<Bill> read(Section root) {
    return root.sections("bills").stream().flatMap(section -> bill(section).stream()).toList();
  }

  private Optional<Bill> bill(Section section) {
    section.requires("month", "write the month that was billed, such as 2026-10");
    section.requires("amount", "write what was billed for the month");
    Optional<YearMonth> month = section.parsed("month", this::month);
    OptionalDouble amount = section.number("amount", 0, Money.MOST);
    if (month.isPresent() && !seen.add(month.get())) {
      section.problem("month", "is there twice; write one amount, the sum of its bills");
    }
    section.refuseOthers();
    return month.map(billed -> new Bill(billed, amount.orElse(0)));
  }

  private YearMonth month(String text) {
    YearMonth month;
    try {
      month = YearMonth.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("write a year and a month, such as 2026-10", e);
    }
    if (!month.isBefore(current)) {
      throw new IllegalArgumentException("is not over; write the bills of months that are");
    }
    return month;
  }
}
