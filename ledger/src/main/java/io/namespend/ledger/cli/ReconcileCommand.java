package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.ledger.reconcile.MonthBills;
import io.namespend.ledger.reconcile.Reconciliation;
import io.namespend.ledger.reconcile.RecordedNodes;
import io.namespend.ledger.store.BillStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares what Prometheus recorded with what was billed. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "What nodes cost by the prices that the exporter published, beside what their machines were"
          + " billed: by cluster, with hours, prices, and what is on one side only.",
      ""
    })
final class ReconcileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LedgerOptions books = new LedgerOptions();

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      required = true,
      description = "Where the exporter's series are, such as http://localhost:9090.")
  private String prometheus = "";

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      required = true,
      description = "Such as 2026-10; up to the last day that is billed.")
  private String month = "";

  @Override
  public Integer call() {
    YearMonth asked = Months.parse(spec.commandLine(), month);
    URI address = PrometheusAddress.parse(spec.commandLine(), prometheus);
    try (BillStore store = BillStore.openExisting(books.ledger())) {
      MonthBills bills = MonthBills.of(store, asked);
      if (bills.isEmpty()) {
        ErrorLine.LINES.print(
            spec.commandLine(),
            "%s: has no bill of %s; import one first".formatted(books.ledger(), asked));
        return 1;
      }
      if (bills.hasSeveralCurrencies()) {
        ErrorLine.LINES.print(
            spec.commandLine(),
            "%s: the bills of %s are in several currencies, which are not added; keep a ledger for each"
                .formatted(books.ledger(), asked));
        return 1;
      }
      LocalDate until = bills.until();
      HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
      Reconciliation reconciliation =
          new Reconciliation(
              store, bills.versions(), new RecordedNodes(address, http).read(asked, until));
      spec.commandLine()
          .getOut()
          .printf(
              "%s up to %s, %s, effective cost%n%s",
              asked, until, bills.currency(), reconciliation.text());
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
