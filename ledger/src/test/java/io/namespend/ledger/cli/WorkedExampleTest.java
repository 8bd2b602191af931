package io.namespend.ledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.ledger.books.OpenBooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What docs/bills.md shows is what the commands print. */
class WorkedExampleTest {
  private static final Path PAGE = Path.of("../docs/bills.md");

  @TempDir private Path folder;

  private String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command =
        Ledger.commandLine(OpenBooks.CLOCK)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out));
    assertThat(command.execute(arguments)).as(out.toString()).isZero();
    return out.toString();
  }

  @Test
  void printsWhatThePageShows() throws IOException {
    String ledger = folder.resolve("ledger.db").toString();
    String page = Files.readString(PAGE);

    String imported =
        run(
            "bills",
            "import",
            "--from",
            "examples/2026-10.csv",
            "--invoice-total",
            "515.46",
            "--ledger",
            ledger);
    Path sheet = folder.resolve("sheet.csv");
    String prices = run("bills", "prices", "--ledger", ledger, "--sheet", sheet.toString());

    // The version of a file that has no manifest depends on its time.
    assertThat(page).contains(imported.replaceFirst("version \\w+", "version 09a2c244452b"));
    assertThat(page).contains(prices.replace("\r\n", "\n"));
    assertThat(page).contains(run("bills", "services", "--ledger", ledger));
    assertThat(page).contains(Files.readString(sheet).replace("\r\n", "\n"));
  }

  @Test
  void hasTheBuiltInRules() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(run("bills", "rules").lines().filter(line -> line.startsWith("  - {")))
        .allSatisfy(line -> assertThat(page).contains(line));
  }
}
