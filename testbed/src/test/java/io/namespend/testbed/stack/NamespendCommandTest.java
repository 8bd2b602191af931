package io.namespend.testbed.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one command for people, as they run it. */
class NamespendCommandTest {
  private static final Path COMMAND = Path.of("../bin/namespend").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "price",
        "check-policy",
        "audit-labels",
        "weekly",
        "statement",
        "monthly",
        "explain",
        "doctor",
        "bills"
      })
  void helpSpeaksOfTheCommandThatWasTyped(String name) throws Exception {
    Result help = run(COMMAND, name, "--help");

    assertThat(help.exit).isZero();
    assertThat(help.out).contains("Usage: namespend " + name, "\n  namespend " + name);
    assertThat(run(COMMAND, "--help").out).contains("\n  " + name);
  }

  @Test
  void worksFromAnywhereAndAsAKubectlPlugin() throws Exception {
    Path plugin = Files.createSymbolicLink(folder.resolve("kubectl-namespend"), COMMAND);

    Result price = run(plugin, "price", "m5.xlarge", "--region", "us-east-1");

    assertThat(price.exit).isZero();
    assertThat(price.out).startsWith("m5.xlarge: 0.192000 USD per hour");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "completion fish   | 1 | namespend: completion for \"fish\"? Write bash or zsh",
        "prise             | 1 | namespend: no command 'prise': namespend --help lists them",
        "price --regoin x  | 3 | exporter: Unknown option",
        "weekly --untill x | 3 | reporter: Unknown option",
        "bills shwo        | 3 | ledger: Unmatched argument",
      })
  void whatIsWrongIsSaidInAFewLines(String line, int lines, String error) throws Exception {
    Result wrong = run(COMMAND, line.split(" "));

    assertThat(wrong.exit).isEqualTo(2);
    assertThat(wrong.err).startsWith(error).hasLineCount(lines);
  }

  /** By the help of each command, so that it cannot drift. */
  @Test
  void completesCommandsAndTheirOptions() throws Exception {
    Path script = folder.resolve("completion.bash");
    Result made = run(COMMAND, "completion", "bash");
    Files.writeString(
        script,
        made.out
            + """
            complete_line() { COMP_WORDS=(namespend "$@"); COMP_CWORD=$#; _namespend; echo "${COMPREPLY[@]}"; }
            complete_line ex
            complete_line statement --gl
            complete_line price --re
            """);

    Result completed = run(Path.of("/bin/bash"), script.toString());

    assertThat(made.exit).isZero();
    assertThat(completed.err).isEmpty();
    assertThat(completed.out).isEqualTo("explain\n--gl-accounts\n--region\n");
  }

  @Test
  void saysHowToBuildWhatIsMissing() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("bin")).resolve("namespend");
    Files.copy(COMMAND, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

    Result missing = run(copy, "price", "m5.xlarge");

    assertThat(missing.exit).isEqualTo(2);
    assertThat(missing.err)
        .isEqualTo(
            "namespend: exporter.jar is not built: run mvn package -DskipTests in %s%n"
                .formatted(folder.toRealPath()));
  }

  private Result run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exit = process.waitFor();
    return new Result(
        exit,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Result(int exit, String out, String err) {}
}
