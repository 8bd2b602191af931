package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.ledger.rules.BillSettingsReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the built-in rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    description = "The built-in rules that give each line its class, as YAML.")
final class RulesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(BillSettingsReader.builtInText());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
