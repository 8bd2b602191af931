package io.namespend.exporter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        Arguments.of("x".repeat((3 << 20) + 1), "is larger than 3 MiB"));
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

  private com.fasterxml.jackson.databind.JsonNode read(byte[] content) throws IOException {
    return YamlFile.read(Files.write(folder.resolve("file.yaml"), content));
  }
}
