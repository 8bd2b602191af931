package io.namespend.reporter.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.reporter.finance.PdfStatement;
import io.namespend.reporter.finance.XlsxStatement;
import io.namespend.reporter.prometheus.Connection;
import io.namespend.reporter.statement.BookedStatement;
import io.namespend.reporter.statement.CsvStatement;
import io.namespend.reporter.statement.FocusStatement;
import io.namespend.reporter.statement.GlAccounts;
import io.namespend.reporter.statement.JsonStatement;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.Statement;
import io.namespend.reporter.statement.StatementPart;
import io.namespend.reporter.statement.StatementReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** States what a period cost, line by line. */
@Command(
    name = "statement",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "What a period cost, one line per cost center, team, namespace, resource or pool share; the"
          + " lines add up to the total to the cent.",
      "",
      "Costs are read from recorded hourly series, in UTC. The same period always gives the same"
          + " bytes.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} statement --prometheus http://localhost:9090 --month 2026-10 \\",
      "      --gl-accounts accounts.csv --output 2026-10.csv",
      "      for booking",
      "  ${ROOT-COMMAND-NAME} statement --prometheus http://localhost:9090 --month 2026-11"
          + " --preview",
      "      the month so far",
      "  ${ROOT-COMMAND-NAME} statement --prometheus http://localhost:9090 --month 2026-10 \\",
      "      --gl-accounts accounts.csv --previous 2026-10.csv",
      "      what to book so that 2026-10 is right"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:done", " 1:no statement; standard error says why", " 2:wrong options"})
final class StatementCommand implements Callable<Integer> {
  private final Clock clock;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PrometheusOptions prometheus = new PrometheusOptions();

  @ArgGroup(multiplicity = "1")
  private CalendarPeriod asked = new CalendarPeriod();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description =
          "csv; json; focus: FOCUS 1.3 as CSV; xlsx or pdf, with subtotals, to a file with --output"
              + " (default: ${DEFAULT-VALUE}).")
  private Format format = Format.CSV;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the statement to this file instead of standard output.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--preview",
      description = "Report a period that has not ended, marked as preview.")
  private boolean preview;

  @Option(
      names = "--gl-accounts",
      paramLabel = "FILE",
      description =
          "CSV with the columns cost_center, resource, pool, gl_account: the general ledger account"
              + " of each line. Empty cells match everything.")
  private Optional<Path> glAccounts = Optional.empty();

  @Option(
      names = "--previous",
      paramLabel = "FILE",
      description =
          "The booked CSV of the period: prints only the corrections. Repeat it for each"
              + " correction that was booked since.")
  private List<Path> previous = new ArrayList<>();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Only this cluster; can be given several times (default: all).")
  private List<String> clusters = new ArrayList<>();

  /**
   * @param environment where secrets can be
   */
  StatementCommand(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() {
    Period period = ErrorLine.checked(spec.commandLine(), this::period);
    Connection connection =
        ErrorLine.checked(
            spec.commandLine(), () -> prometheus.connection(prometheus.settings(environment)));
    GlAccounts accounts = glAccounts.map(this::accounts).orElseGet(GlAccounts::none);
    Statement statement =
        new StatementReader(PrometheusOptions.client(connection, spec.commandLine()), accounts)
            .read(period, new TreeSet<>(clusters));
    if (!previous.isEmpty()) {
      statement = corrections(statement);
    }
    statement.warnings().forEach(warning -> ErrorLine.print(spec.commandLine(), warning));
    write(statement);
    return 0;
  }

  private void write(Statement statement) {
    switch (format) {
      case CSV -> ReportFile.write(output, spec.commandLine(), CsvStatement.render(statement));
      case JSON -> ReportFile.write(output, spec.commandLine(), JsonStatement.render(statement));
      case FOCUS -> ReportFile.write(output, spec.commandLine(), FocusStatement.render(statement));
      case XLSX ->
          ReportFile.write(
              output.orElseThrow(), XlsxStatement.render(StatementPart.whole(statement)));
      case PDF ->
          ReportFile.write(
              output.orElseThrow(), PdfStatement.render(StatementPart.whole(statement)));
    }
  }

  private Period period() {
    if ((format == Format.XLSX || format == Format.PDF) && output.isEmpty()) {
      String name = format.name().toLowerCase(Locale.ROOT);
      throw new IllegalArgumentException(
          "--format %s is no text; name a file with --output, such as statement.%s"
              .formatted(name, name));
    }
    Period period = asked.period(clock.instant());
    if (period.isOpen() && !preview) {
      throw new IllegalArgumentException(
          "%s is not over: hours are recorded up to %s; use --preview to see it so far"
              .formatted(period.name(), period.until()));
    }
    return period;
  }

  private GlAccounts accounts(Path file) {
    try {
      return GlAccounts.parse(InputFile.read("--gl-accounts", file));
    } catch (IllegalArgumentException e) {
      throw new CannotReportException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Statement corrections(Statement statement) {
    BookedStatement booked = new BookedStatement();
    for (Path file : previous) {
      booked.add(file.toString(), InputFile.read("--previous", file), statement);
    }
    return booked.corrections(statement);
  }

  private enum Format {
    CSV,
    JSON,
    FOCUS,
    XLSX,
    PDF
  }
}
