package io.namespend.ledger.books;

import static java.util.Objects.requireNonNull;

import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.export.AzureCosts;
import io.namespend.ledger.export.Export;
import io.namespend.ledger.export.ExportFile;
import io.namespend.ledger.export.ExportReader;
import io.namespend.ledger.rules.BillSettings;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import io.namespend.ledger.store.Staging;
import io.namespend.ledger.store.Sums;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a bill into the books: as a whole, or not at all. */
public final class BillImport {
  /** Raised when the same files would give other charges. */
  private static final int READERS = 1;

  private final BillStore store;
  private final BillSettings settings;
  private final Clock clock;

  public BillImport(BillStore store, BillSettings settings, Clock clock) {
    this.store = requireNonNull(store, "store");
    this.settings = requireNonNull(settings, "settings");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * @throws RejectedBillException if the bill is not whole or does not add up
   * @throws io.namespend.ledger.export.UnreadableExportException if a file is wrong
   */
  public ImportResult run(ImportRequest request, Progress progress) {
    String fingerprint = fingerprint(request);
    Optional<BillVersion> same =
        store.current().stream()
            .filter(version -> version.source().equals(request.source()))
            .filter(version -> version.fingerprint().equals(fingerprint))
            .findFirst();
    if (same.isPresent()) {
      return ImportResult.unchanged(same.get());
    }
    checkDelivered(request);
    try (Staging staging = store.stage()) {
      LineCollector lines =
          new LineCollector(settings, staging, request.month().or(() -> request.export().period()));
      read(request, lines, progress);
      return finish(request, fingerprint, staging, lines);
    }
  }

  private String fingerprint(ImportRequest request) {
    return "%d %s %s %s %s"
        .formatted(
            READERS,
            settings.digest(),
            request.export().fingerprint(),
            request.amortized().map(Export::fingerprint).orElse("-"),
            request.month().map(YearMonth::toString).orElse("-"));
  }

  private void checkDelivered(ImportRequest request) {
    Optional<YearMonth> period = request.month().or(() -> request.export().period());
    period
        .flatMap(month -> store.current(request.source(), month))
        .ifPresent(current -> checkNotOlder(request, current));
  }

  private static void checkNotOlder(ImportRequest request, BillVersion current) {
    if (request.export().delivered().isBefore(current.delivered()) && !request.acceptOlder()) {
      throw new RejectedBillException(
          "%s: version %s of %s is older than version %s in the books; sync the folder, or import it anyway with --accept-older"
              .formatted(
                  request.export().files().get(0),
                  request.export().version(),
                  current.period(),
                  current.version()));
    }
  }

  private void read(ImportRequest request, LineCollector lines, Progress progress) {
    ExportReader reader = new ExportReader(settings.tags(), settings.lineTypes());
    boolean isPair = request.amortized().isPresent();
    long bytes = request.export().bytes() + request.amortized().map(Export::bytes).orElse(0L);
    progress.begin(bytes);
    read(reader, request.export(), isPair ? AzureCosts.BILLED : AzureCosts.ALL, lines, progress);
    request
        .amortized()
        .ifPresent(export -> read(reader, export, AzureCosts.AMORTIZED, lines, progress));
    lines.flush();
  }

  private static void read(
      ExportReader reader,
      Export export,
      AzureCosts costs,
      LineCollector lines,
      Progress progress) {
    long before = lines.read();
    for (ExportFile file : export.files()) {
      reader.read(
          file,
          export.format(),
          costs,
          lines,
          count -> progress.advance(file.toString(), count, lines.read()));
    }
    // A file that was read first may have been replaced while the last one was.
    export.files().forEach(ExportFile::checkUnchanged);
    long read = lines.read() - before;
    if (export.lines().isPresent() && export.lines().getAsLong() != read) {
      throw new RejectedBillException(
          "%s: has %,d lines with the other files of its version, but the manifest counts %,d; sync the folder again"
              .formatted(export.files().get(0), read, export.lines().getAsLong()));
    }
  }

  private ImportResult finish(
      ImportRequest request, String fingerprint, Staging staging, LineCollector lines) {
    ExportFile first = request.export().files().get(0);
    YearMonth period =
        lines
            .period()
            .orElseThrow(
                () ->
                    new RejectedBillException(
                        first
                            + request
                                .month()
                                .map(of -> ": has no line of " + of)
                                .orElse(": has no line")
                            + "; check the export and --month"));
    Optional<BillVersion> current = store.current(request.source(), period);
    current.ifPresent(version -> checkNotOlder(request, version));
    checkPayers(request, lines.payers());
    LocalDate until = lines.until().orElse(period.atDay(1));
    checkWhole(request, period, until);
    lines
        .commitments()
        .check(first.toString(), isComplete(period, until), request.acceptUnbalanced());
    Sums doubled = lines.hasParts() ? staging.removeDoubledParts() : Sums.NONE;
    Map<LineClass, Sums> totals = staging.totals();
    checkAdded(first, lines.total(), doubled, totals);
    checkInvoice(request, period, totals);
    BillVersion version =
        new BillVersion(
            0,
            request.source(),
            period,
            request.export().version(),
            request.export().format().name(),
            fingerprint,
            request.export().delivered(),
            Instant.ofEpochSecond(clock.instant().getEpochSecond()),
            lines.currency(),
            String.join(", ", lines.payers()),
            totals.values().stream().mapToLong(Sums::lines).sum(),
            until,
            lines.isInvoiced());
    return new ImportResult(
        staging.swap(version, totals),
        false,
        lines.otherMonths(),
        lines.splitLines(),
        doubled.lines());
  }

  /** Two accounts' bills must not replace each other because nobody named them. */
  private void checkPayers(ImportRequest request, Set<String> payers) {
    store.current().stream()
        .filter(version -> version.source().equals(request.source()))
        .filter(version -> Collections.disjoint(List.of(version.payer().split(", ")), payers))
        .findFirst()
        .ifPresent(
            other -> {
              throw new RejectedBillException(
                  "%s: is the bill of account %s, but %s is that of account %s; give this one a name of its own with --source"
                      .formatted(
                          request.export().files().get(0),
                          String.join(", ", payers),
                          request.source(),
                          other.payer()));
            });
  }

  private boolean isComplete(YearMonth period, LocalDate until) {
    return isOver(period) && until.equals(period.atEndOfMonth());
  }

  private boolean isOver(YearMonth period) {
    return !clock
        .instant()
        .isBefore(period.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  private void checkWhole(ImportRequest request, YearMonth period, LocalDate until) {
    if (isOver(period) && until.isBefore(period.atEndOfMonth()) && !request.acceptPartial()) {
      throw new RejectedBillException(
          "%s: %s is over, but usage ends with %s; deliver the whole month, or import what there is with --accept-partial"
              .formatted(request.export().files().get(0), period, until));
    }
  }

  /** What was read, line by line, is what the books say, by class. */
  private static void checkAdded(
      ExportFile file, Sums read, Sums doubled, Map<LineClass, Sums> totals) {
    Sums booked = totals.values().stream().reduce(Sums.NONE, Sums::plus);
    boolean isSame =
        booked.lines() + doubled.lines() == read.lines()
            && booked.costs().plus(doubled.costs()).equals(read.costs());
    if (!isSame) {
      throw new RejectedBillException(
          "%s: %,d lines of %s were read, but the classes add up to %,d lines of %s; report this"
              .formatted(
                  file,
                  read.lines(),
                  read.costs().billed(),
                  booked.lines(),
                  booked.costs().billed()));
    }
  }

  private static void checkInvoice(
      ImportRequest request, YearMonth period, Map<LineClass, Sums> totals) {
    if (request.invoiceTotal().isEmpty()) {
      return;
    }
    BigDecimal invoice = request.invoiceTotal().get();
    BigDecimal billed =
        totals.values().stream().reduce(Sums.NONE, Sums::plus).costs().billed().cents();
    if (billed.compareTo(invoice) != 0) {
      throw new RejectedBillException(
          "%s: the lines of %s add up to %s, but the invoice says %s; check that the export has all accounts and is final"
              .formatted(request.export().files().get(0), period, billed, invoice.toPlainString()));
    }
  }
}
