package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done with cloud bills. */
@Command(
    name = "bills",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Cloud bills: imports them, shows what they add up to, and prices from them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} bills import --from /bills/cur --ledger ledger.db",
      "      each month of a mounted bucket",
      "  ${ROOT-COMMAND-NAME} bills show --month 2026-10",
      "      from list prices to the invoice",
      "  ${ROOT-COMMAND-NAME} bills prices --output bill.csv",
      "      effective prices for the exporter"
    })
final class BillsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing required subcommand: import, show, prices, services, reconcile, serve or rules");
  }
}
