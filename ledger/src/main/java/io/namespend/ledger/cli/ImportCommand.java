package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.foundation.settings.Constant;
import io.namespend.ledger.books.BillImport;
import io.namespend.ledger.books.Bridge;
import io.namespend.ledger.books.ImportRequest;
import io.namespend.ledger.books.ImportResult;
import io.namespend.ledger.books.RejectedBillException;
import io.namespend.ledger.export.Export;
import io.namespend.ledger.export.ExportFolder;
import io.namespend.ledger.export.ExportFormat;
import io.namespend.ledger.export.UnreadableExportException;
import io.namespend.ledger.rules.BillSettings;
import io.namespend.ledger.rules.BillSettingsReader;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Imports bills. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Imports a bill: AWS CUR (legacy and 2.0), FOCUS 1.0 to 1.4, Azure cost details, Google's"
          + " detailed export as JSON lines; plain or gzip.",
      "",
      "A month is replaced as a whole by a newer version, or not at all.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:done", " 1:not imported; standard error says why", " 2:wrong options"})
final class ImportCommand implements Callable<Integer> {
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LedgerOptions books = new LedgerOptions();

  @Option(
      names = "--from",
      paramLabel = "PATH",
      required = true,
      description =
          "A folder with the export's manifest, such as a mounted bucket; or each file of one"
              + " month's bill.")
  private List<Path> from = new ArrayList<>();

  @Option(
      names = "--amortized",
      paramLabel = "PATH",
      description = "Azure's amortized export of the month; --from is then the actual one.")
  private Optional<Path> amortized = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description =
          "auto, aws-cur, focus, azure-actual, azure-amortized or google (default:"
              + " ${DEFAULT-VALUE}, by the header).")
  private String format = "auto";

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "Only this month, such as 2026-10.")
  private Optional<String> month = Optional.empty();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "What to call the bill, if there are several (default: aws, azure, google, focus).")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--invoice-total",
      paramLabel = "AMOUNT",
      description = "What the month's invoice says; refused if the lines do not add up to it.")
  private Optional<BigDecimal> invoiceTotal = Optional.empty();

  @Option(
      names = "--accept-partial",
      description = "Import a month that is over although its last days are missing.")
  private boolean acceptPartial;

  @Option(
      names = "--accept-older",
      description = "Import a version that is older than the one in the books.")
  private boolean acceptOlder;

  @Option(
      names = "--accept-unbalanced",
      description = "Import a bill whose commitments do not add up.")
  private boolean acceptUnbalanced;

  ImportCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Optional<YearMonth> asked = month.map(this::month);
    Optional<ExportFormat> known = format();
    BillSettings settings = BillSettingsReader.read(books.settings());
    List<Export> exports = exports(from, asked, known);
    try (BillStore store = BillStore.open(books.ledger())) {
      BillImport bills = new BillImport(store, settings, clock);
      int exit = 0;
      for (Export export : exports) {
        try {
          ImportResult result =
              bills.run(request(export, asked), new PrintedProgress(spec.commandLine().getErr()));
          print(store, result);
        } catch (UnreadableExportException | RejectedBillException e) {
          // A month that cannot be read must not keep the current one out.
          ErrorLine.LINES.print(spec.commandLine(), String.valueOf(e.getMessage()));
          exit = spec.exitCodeOnExecutionException();
        }
      }
      return exit;
    }
  }

  private ImportRequest request(Export export, Optional<YearMonth> asked) {
    Optional<Export> other =
        amortized.map(
            path ->
                exports(
                        List.of(path),
                        asked.or(export::period),
                        Optional.of(ExportFormat.AZURE_AMORTIZED))
                    .get(0));
    if (other.isPresent() && export.format() != ExportFormat.AZURE_ACTUAL) {
      throw new ParameterException(
          spec.commandLine(),
          "--amortized is for Azure: --from must be its actual costs, with --format azure-actual");
    }
    return new ImportRequest(
        source.orElse(export.format().source()),
        export,
        other,
        asked,
        invoiceTotal,
        acceptPartial,
        acceptOlder,
        acceptUnbalanced);
  }

  private static List<Export> exports(
      List<Path> paths, Optional<YearMonth> month, Optional<ExportFormat> format) {
    return paths.size() == 1 && Files.isDirectory(paths.get(0))
        ? ExportFolder.find(paths.get(0), month, format)
        : List.of(Export.of(paths, format));
  }

  private Optional<ExportFormat> format() {
    if (amortized.isPresent() && format.equals("auto")) {
      return Optional.of(ExportFormat.AZURE_ACTUAL);
    }
    try {
      return format.equals("auto")
          ? Optional.empty()
          : Optional.of(Constant.parse(ExportFormat.class, format));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--format %s: %s, or auto".formatted(format, e.getMessage()), e);
    }
  }

  private YearMonth month(String text) {
    return Months.parse(spec.commandLine(), text);
  }

  private void print(BillStore store, ImportResult result) {
    BillVersion version = result.version();
    if (result.isUnchanged()) {
      spec.commandLine()
          .getOut()
          .printf(
              "%s %s: version %s is in the books already%n",
              version.source(), version.period(), version.version());
      return;
    }
    spec.commandLine()
        .getOut()
        .printf("%s%n%s", BillText.title(version), new Bridge(store.totals(version)).text());
    BillText.notes(result).forEach(note -> spec.commandLine().getOut().println(note));
    BillText.changes(store, version).ifPresent(text -> spec.commandLine().getOut().println(text));
  }
}
