package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.ledger.price.EffectivePrices;
import io.namespend.ledger.rules.BillSettings;
import io.namespend.ledger.rules.BillSettingsReader;
import io.namespend.ledger.store.BillStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what the exporter prices from. */
@Command(
    name = "prices",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Effective prices of the last billed days, as CSV for the exporter's source bill: what each"
          + " resource cost, over the hours that it was used.",
      ""
    })
final class PricesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LedgerOptions books = new LedgerOptions();
  @Mixin private BilledDays days = new BilledDays();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write bill.csv here instead of to standard output; replaced in one step.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description =
          "Write a price sheet with the averages by instance type, region and purchase option, for"
              + " machines that are not in the bill yet.")
  private Optional<Path> sheet = Optional.empty();

  @Override
  public Integer call() {
    int last = days.checked(spec.commandLine());
    BillSettings settings = BillSettingsReader.read(books.settings());
    try (BillStore store = BillStore.openExisting(books.ledger())) {
      EffectivePrices prices = new EffectivePrices(store, settings.commitments(), last);
      if (output.isPresent()) {
        replace(output.get(), prices.bill());
      } else {
        spec.commandLine().getOut().print(prices.bill());
        spec.commandLine().getOut().flush();
      }
      sheet.ifPresent(file -> replace(file, prices.sheet()));
      if (prices.size() == 0) {
        ErrorLine.LINES.print(
            spec.commandLine(), "no resource has a price: import a bill of the clusters' accounts");
      }
      if (prices.withoutHours() > 0) {
        ErrorLine.LINES.print(
            spec.commandLine(),
            "%,d resources have no price: the bill does not say how long they were used"
                .formatted(prices.withoutHours()));
      }
    }
    return 0;
  }

  /** The exporter may read it at any moment. */
  private static void replace(Path file, String content) {
    Path whole = file.toAbsolutePath();
    Path temporary = whole.resolveSibling(whole.getFileName() + ".new");
    try {
      Files.writeString(temporary, content, StandardCharsets.UTF_8);
      Files.move(
          temporary, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CannotWriteException(
          "cannot write %s: %s; name a file in a writable folder".formatted(file, e.getMessage()),
          e);
    }
  }
}
