package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.ledger.price.BilledServices;
import io.namespend.ledger.store.BillStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints billed services as sections of the policy. */
@Command(
    name = "services",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Services outside the cluster, unused commitments and support of the newest billed month, as"
          + " sharedServices and externalServices of the policy file, with their cost per hour.",
      ""
    })
final class ServicesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LedgerOptions books = new LedgerOptions();

  @Override
  public Integer call() {
    try (BillStore store = BillStore.openExisting(books.ledger())) {
      BilledServices services = new BilledServices(store);
      if (services.currencies().size() > 1) {
        ErrorLine.LINES.print(
            spec.commandLine(),
            "%s: services are billed in %s, but a policy has one currency; keep a ledger for each"
                .formatted(books.ledger(), String.join(" and ", services.currencies())));
        return 1;
      }
      spec.commandLine()
          .getOut()
          .printf(
              "# Effective cost per hour in %s, from %s%n%s",
              String.join("", services.currencies()),
              books.ledger().getFileName(),
              services.policy());
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
