package io.namespend.foundation.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class)
  static final class Ledger implements Runnable {
    @Option(names = "--month")
    String month = "";

    @Override
    public void run() {}

    @Command(mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class)
    void close() {}
  }

  @Test
  void aWrongOptionIsOneLineAndWhereToReadOn() {
    assertThat(run("--mont", "x")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            """
            ledger: Unknown options: '--mont', 'x'
            Possible solutions: --month
            Try "namespend --help".
            """);
  }

  @Test
  void aLineStaysOne() {
    assertThat(run("a\nb\u001b[2Jc")).isEqualTo(2);
    assertThat(err.toString().lines().findFirst().orElseThrow())
        .contains("'a b [2Jc'")
        .startsWith("ledger: ");
  }

  @Test
  void everyCommandHasTheVersionOfItsProgram() {
    assertThat(run("--version")).isZero();
    assertThat(run("close", "--version")).isZero();
    assertThat(out).hasToString("ledger development\n".repeat(2));
  }

  private int run(String... arguments) {
    return new CommandLine(new Ledger())
        .setCommandName("namespend")
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(new ErrorLines("ledger")::wrongOptions)
        .execute(arguments);
  }
}
