package io.namespend.ledger.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the books and their settings are. */
final class LedgerOptions {
  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      defaultValue = "ledger.db",
      description = "The books, one SQLite file (default: ${DEFAULT-VALUE}).")
  private Path ledger = Path.of("ledger.db");

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Rules and owners, as YAML; without it the built-in rules apply.")
  private Optional<Path> settings = Optional.empty();

  Path ledger() {
    return ledger;
  }

  Optional<Path> settings() {
    return settings;
  }
}
