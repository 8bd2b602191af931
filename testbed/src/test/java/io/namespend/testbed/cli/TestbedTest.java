package io.namespend.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of commands are one line, as those of the exporter and the reporter are. */
class TestbedTest {
  @TempDir private Path folder;

  @Test
  void aCommandThatCannotRunSaysWhyInOneLine() {
    StringWriter errors = new StringWriter();

    assertThat(run(errors, "benchmark-digests", "--project=" + folder)).isEqualTo(1);

    assertThat(errors.toString())
        .isEqualTo(
            "benchmark-digests: %s must be built\n"
                .formatted(folder.resolve("reporter/target/reporter.jar")));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anImpossibleMonthDeletesNothing() throws Exception {
    Path kept = Files.writeString(folder.resolve("kept"), "");
    StringWriter errors = new StringWriter();

    assertThat(run(errors, "write-month", "--to=" + folder, "--days=0")).isEqualTo(1);

    assertThat(errors.toString()).startsWith("write-month: ").hasLineCount(1);
    assertThat(kept).exists();
  }

  @Test
  void anOptionThatIsWrongEndsWithTwoAndAHint() {
    StringWriter errors = new StringWriter();

    assertThat(run(errors, "benchmark-digests", "--teams=many")).isEqualTo(2);

    assertThat(errors.toString())
        .contains("--teams", "many")
        .endsWith("Try \"testbed benchmark-digests --help\".\n")
        .hasLineCount(2);
  }

  private static int run(StringWriter errors, String... args) {
    return Testbed.commandLine().setErr(new PrintWriter(errors, true)).execute(args);
  }
}
