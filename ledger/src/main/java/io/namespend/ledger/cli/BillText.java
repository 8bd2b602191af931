package io.namespend.ledger.cli;

import io.namespend.ledger.books.ImportResult;
import io.namespend.ledger.export.ExportFormat;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import io.namespend.ledger.store.Sums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A version of a bill in words. */
final class BillText {
  private BillText() {}

  static String title(BillVersion version) {
    return "Bill of %s (%s), %s, version %s, %,d lines, usage up to %s%s"
        .formatted(
            version.period(),
            version.source(),
            version.currency(),
            version.version(),
            version.lines(),
            version.until(),
            version.isInvoiced() ? ", invoiced" : "");
  }

  static List<String> notes(ImportResult result) {
    List<String> notes = new ArrayList<>();
    if (result.otherMonths() > 0) {
      notes.add("%,d lines of other months were left out".formatted(result.otherMonths()));
    }
    if (result.splitLines() > 0) {
      notes.add(
          "%,d lines repeat others, split by pod, and were left out"
              .formatted(result.splitLines()));
    }
    if (result.doubledParts() > 0) {
      notes.add(
          "%,d allocated parts have their whole in the bill, and were left out"
              .formatted(result.doubledParts()));
    }
    if (result.version().format().equals(ExportFormat.AZURE_ACTUAL.name())
        || result.version().format().equals(ExportFormat.AZURE_AMORTIZED.name())) {
      notes.addAll(azure(result.version()));
    }
    return notes;
  }

  private static List<String> azure(BillVersion version) {
    if (!version.fingerprint().contains(" - ")) {
      return List.of();
    }
    return List.of(
        version.format().equals(ExportFormat.AZURE_ACTUAL.name())
            ? "actual costs alone: commitments are not amortized; add --amortized"
            : "amortized costs alone: billed is what was amortized; import the actual costs with"
                + " --amortized");
  }

  /** Against the version before, whose statement may be booked. */
  static Optional<String> changes(BillStore store, BillVersion version) {
    return store
        .previous(version)
        .map(
            previous -> {
              BigDecimal before = billed(store, previous);
              BigDecimal change = billed(store, version).subtract(before);
              return change.signum() == 0
                  ? "Same amount as version %s".formatted(previous.version())
                  : "%s%,.2f since version %s, which billed %,.2f"
                      .formatted(
                          change.signum() > 0 ? "+" : "", change, previous.version(), before);
            });
  }

  private static BigDecimal billed(BillStore store, BillVersion version) {
    return store.totals(version).values().stream()
        .reduce(Sums.NONE, Sums::plus)
        .costs()
        .billed()
        .cents();
  }
}
