package io.namespend.ledger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.foundation.command.ProgramVersion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The books: what was billed. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Keeps the books: what was billed, line by line.")
public final class Ledger {
  public static void main(String[] args) {
    CommandLine command =
        commandLine(Clock.systemUTC())
            .setCommandName(System.getProperty("namespend.command", "ledger"));
    command.setOut(new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8));
    command.setErr(new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    System.exit(command.execute(args));
  }

  static CommandLine commandLine(Clock clock) {
    CommandLine bills =
        new CommandLine(new BillsCommand())
            .addSubcommand(new ImportCommand(clock))
            .addSubcommand(new ShowCommand())
            .addSubcommand(new PricesCommand())
            .addSubcommand(new ServicesCommand())
            .addSubcommand(new ReconcileCommand())
            .addSubcommand(new ServeCommand(clock))
            .addSubcommand(new RulesCommand());
    return new CommandLine(new Ledger())
        .addSubcommand(bills)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(ErrorLine.LINES::wrongOptions)
        .setExecutionExceptionHandler(ErrorLine::failure);
  }
}
