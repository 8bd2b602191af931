package io.namespend.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
  private static final String BOMB =
      """
      a: &a [x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: [*b, *b, *b, *b, *b, *b, *b, *b, *b]
      """;

  @TempDir private Path folder;

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("a: [1\nb: 2\n", "line 2: \"expected ',' or ']', but got :\": write valid"),
        Arguments.of("a: 1\na: 2\n", "Duplicate field 'a'"),
        Arguments.of("a: &x 1\nb: *x\n", "line 2: \"*x\": is an alias; write its value again"),
        Arguments.of(BOMB, "line 2: \"*a\": is an alias"),
        Arguments.of("a: &a [*a]\n", "line 1: \"*a\": is an alias"),
        Arguments.of("a: 1\n---\nb: 2\n", "line 3: \"---\": starts a second document; write one"),
        Arguments.of("a: \u0000\n", "write valid YAML"),
        Arguments.of("\ta: 1\n", "line 1"),
        Arguments.of("[".repeat(200_000), "write valid YAML"),
        Arguments.of("a: {".repeat(100_000), "write valid YAML"),
        Arguments.of("- ".repeat(100_000), "write valid YAML"),
        Arguments.of("x".repeat((1 << 20) + 1), "is larger than 1 MiB"),
        Arguments.of("- a\n".repeat(200_000), "is the 50,001th value; write fewer"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysWhereTheYamlIsBrokenAndNeverHangs(String content, String message) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> read(content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThatThrownBy(() -> read("team: café\n".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> YamlFile.read(folder.resolve("none.yaml")))
        .hasMessageContaining("does not exist; check the path");
    assertThatThrownBy(() -> YamlFile.read(folder)).hasMessageContaining("is not a file");
    // Reading it would never end.
    assertThatThrownBy(() -> YamlFile.read(Path.of("/dev/zero")))
        .hasMessageContaining("is not a file");
  }

  @Test
  void readsOneDocumentWithAByteOrderMarkAndDashes() throws IOException {
    assertThat(read("\uFEFF---\na: 1\n".getBytes(StandardCharsets.UTF_8)).path("a").asInt())
        .isEqualTo(1);
  }

  /** To YAML 1.1 these are 83, 1.1, 1000.0, false, true and 15; to their authors they are names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123",
        "1.10",
        "1e3",
        "no",
        "off",
        "y",
        "True",
        "0x0f",
        "0b11",
        "1_000",
        "+5",
        "12:30",
        "007",
        "2026-11-28",
        ".5",
        ".inf",
        "1.",
        "-0",
        "123456789012345678901234567890",
        "0o17"
      })
  void aTextIsWhatWasWritten(String written) throws IOException {
    List<Problem> problems = new ArrayList<>();
    JsonNode read = read(("a: " + written + "\n").getBytes(StandardCharsets.UTF_8));

    assertThat(new Section("", read, problems).text("a")).contains(written);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.10, 1.1", "1e3, 1000", "1_000, 1000", "+5, 5", "-0.50, -0.5", "7, 7", ".5, 0.5"})
  void whatLooksLikeANumberIsOne(String written, double number) throws IOException {
    List<Problem> problems = new ArrayList<>();
    JsonNode read = read(("a: " + written + "\n").getBytes(StandardCharsets.UTF_8));

    assertThat(new Section("", read, problems).number("a", -10, 2_000)).hasValue(number);
    assertThat(problems).isEmpty();
  }

  /** 83 or 123? */
  @ParameterizedTest
  @ValueSource(strings = {"0123", "0x0f", ".inf", ".nan", "'5'", "no", "1e99999999"})
  void whatMayBeAnotherNumberIsNone(String written) throws IOException {
    List<Problem> problems = new ArrayList<>();
    JsonNode read = read(("a: " + written + "\n").getBytes(StandardCharsets.UTF_8));

    assertThat(new Section("", read, problems).number("a", 0, Double.MAX_VALUE)).isEmpty();
    assertThat(problems).singleElement().asString().contains("write a number");
  }

  private com.fasterxml.jackson.databind.JsonNode read(byte[] content) throws IOException {
    return YamlFile.read(Files.write(folder.resolve("file.yaml"), content));
  }
}
