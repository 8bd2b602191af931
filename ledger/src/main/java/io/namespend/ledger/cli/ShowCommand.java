package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.ledger.books.Bridge;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the bills in the books add up to. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = "What a month's bill adds up to, by class, from list prices to the invoice.")
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LedgerOptions books = new LedgerOptions();

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "Only this month, such as 2026-10 (default: all).")
  private Optional<String> month = Optional.empty();

  @Override
  public Integer call() {
    Optional<YearMonth> asked = month.map(text -> Months.parse(spec.commandLine(), text));
    try (BillStore store = BillStore.openExisting(books.ledger())) {
      List<BillVersion> versions =
          store.current().stream()
              .filter(version -> asked.isEmpty() || asked.get().equals(version.period()))
              .toList();
      if (versions.isEmpty()) {
        ErrorLine.LINES.print(
            spec.commandLine(),
            "%s: has no bill%s; import one first"
                .formatted(books.ledger(), asked.map(of -> " of " + of).orElse("")));
        return 1;
      }
      for (BillVersion version : versions) {
        spec.commandLine()
            .getOut()
            .printf("%s%n%s%n", BillText.title(version), new Bridge(store.totals(version)).text());
        BillText.changes(store, version)
            .ifPresent(text -> spec.commandLine().getOut().println(text));
      }
    }
    return 0;
  }
}
