package io.namespend.testbed.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people get wrong: the message names the place, what was found, and what to write. */
class WrongInputsTest {
  private static final Path COMMAND = Path.of("../bin/namespend").toAbsolutePath().normalize();
  private static final int MOST_LINES = 4;

  @TempDir private Path folder;

  /** A line of the table. */
  record Input(String line, String file, int exit, List<String> said) {
    static Input of(String row) {
      String[] cells = row.split("\\|", 4);
      return new Input(
          cells[0], cells[1], Integer.parseInt(cells[2]), List.of(cells[3].split(" & ")));
    }

    @Override
    public String toString() {
      return file.isEmpty() ? line : "%s with %s".formatted(line, file);
    }
  }

  static Stream<Input> inputs() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/commands/wrong-inputs.txt")).stream()
        .filter(row -> !row.startsWith("#"))
        .map(Input::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void isNamedInAFewLines(Input input) throws Exception {
    Files.writeString(folder.resolve("f"), input.file() + "\n");
    List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
    command.addAll(List.of(input.line().replace("F/", folder + "/").split(" ")));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().keySet().removeAll(List.of("KUBECONFIG", "JAVA_TOOL_OPTIONS"));

    int exit = builder.start().waitFor();

    String said = Files.readString(err, StandardCharsets.UTF_8);
    assertThat(exit).as(said).isEqualTo(input.exit());
    assertThat(said).contains(input.said()).doesNotContain("\tat ", "Exception");
    assertThat(said.lines()).hasSizeBetween(1, MOST_LINES);
  }

  @Test
  void thereAreAtLeastSixtyOfThem() throws IOException {
    assertThat(inputs()).hasSizeGreaterThanOrEqualTo(60);
  }
}
