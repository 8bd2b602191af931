package io.namespend.exporter.cluster.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a tenant wrote, what arrives at the parser is JSON of bounded texts and levels. */
class BoundedJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = BoundedJson.LONGEST_TEXT;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\": [1, -2.5e+3, true, null, \"\\\"\\\\\\u00e9\\n\"], \"{[\": {\"b\": \"ü€😀\"}}",
        "{\"a\": 0.1}  \n {\"b\": 12345678901234567890}"
      })
  void whatIsWithinTheBoundsPassesAsItIs(String json) throws IOException {
    assertThat(bounded(json)).isEqualTo(json);
  }

  @Test
  void aTextAsLongAsTheBoundPassesAsItIs() throws IOException {
    String json = "{\"a\": \"" + "x".repeat(LONGEST) + "\", \"b\": 1}";

    assertThat(bounded(json)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "😀", "\\\"", "\\\\", "\\u00e9", "x\\n", "}", "[{"})
  void aLongerTextIsCutAndItsEndSaysWhatWas(String unit) throws IOException {
    for (int odd = 0; odd < 7; odd++) {
      String text = "y".repeat(odd) + unit.repeat(2 * LONGEST);
      JsonNode cut = JSON.readTree(bounded(document(text)));
      JsonNode other = JSON.readTree(bounded(document(text + "z")));

      assertThat(cut.path("after").asInt()).isEqualTo(7);
      assertThat(cut.path("text").asText())
          .hasSizeBetween(LONGEST / 6, LONGEST + 17)
          .matches("(?s).*~[0-9a-f]{16}")
          .doesNotContain("\ufffd")
          .isNotEqualTo(other.path("text").asText());
      assertThat(JSON.readTree(bounded(document(text)))).as("the same each time").isEqualTo(cut);
    }
  }

  @Test
  void namesOfFieldsAreCutAlike() throws IOException {
    JsonNode cut =
        JSON.readTree(bounded("{\"" + "x".repeat(900_000) + "\": {\"a\": 1}, \"b\": 2}"));

    assertThat(cut.path("b").asInt()).isEqualTo(2);
    assertThat(cut.fieldNames().next()).hasSize(LONGEST + 17);
  }

  @Test
  void whatNestsDeeperIsNull() throws IOException {
    for (String open : List.of("[", "{\"k\":")) {
      String close = open.equals("[") ? "]" : "}";
      for (int depth : List.of(BoundedJson.DEEPEST, 1_200, 100_000)) {
        String deep = open.repeat(depth) + "\"]}\\\"\"" + close.repeat(depth);
        JsonNode parsed = JSON.readTree(bounded("{\"deep\": " + deep + ", \"after\": [{}, 7]}"));

        assertThat(parsed.path("after").path(1).asInt()).isEqualTo(7);
        assertThat(parsed.path("deep").isContainerNode()).isTrue();
      }
    }
    assertThat(bounded("[".repeat(102) + "1" + "]".repeat(102)))
        .isEqualTo("[".repeat(100) + "null" + "]".repeat(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "-%s", "%s.%s", "1.%se-%s", "0.5e+%s", "%1$s.%1$se%1$s"})
  void numbersOfAnyLengthAreNumbersStill(String form) throws IOException {
    String number = form.formatted("7".repeat(90_000), "3".repeat(90_000));
    JsonNode parsed = JSON.readTree(bounded("[" + number + ", 5]"));

    assertThat(parsed.path(0).isNumber()).isTrue();
    assertThat(parsed.path(1).asInt()).isEqualTo(5);
  }

  @Test
  void theSameComesOutHoweverItArrivesAndIsRead() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      String json = randomJson(random, 0);
      String whole = bounded(json);
      assertThat(JSON.readTree(whole)).isNotNull();
      assertThat(bounded(json, random)).isEqualTo(whole);
    }
  }

  private static String randomJson(Random random, int depth) {
    return switch (random.nextInt(depth > 130 ? 3 : 7)) {
      case 0 -> "\"" + "é\\\"\\u20ac€x".repeat(random.nextInt(2_500)) + "\"";
      case 1 -> "-1" + "23".repeat(random.nextInt(60)) + ".5e10";
      case 2 -> "true";
      case 3, 4 -> {
        String deep = randomJson(random, depth + 40);
        yield "[".repeat(40) + deep + "]".repeat(40);
      }
      case 5 -> "[" + randomJson(random, depth + 1) + " , " + randomJson(random, depth + 1) + "]";
      default ->
          "{\"a\" : " + randomJson(random, depth + 1) + ", \"" + "k".repeat(9_000) + "\": 1}";
    };
  }

  private static String document(String text) {
    return "{\"text\": \"" + text + "\", \"after\": 7}";
  }

  private static String bounded(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = new BoundedJson(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Read in pieces of any length from one that gives any. */
  private static String bounded(String json, Random random) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    InputStream pieces =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(50)));
          }
        };
    StringBuilder read = new StringBuilder();
    try (InputStream in = new BoundedJson(pieces)) {
      byte[] piece = new byte[40];
      for (int n = in.read(piece, 0, 1 + random.nextInt(40));
          n >= 0;
          n = in.read(piece, 0, 1 + random.nextInt(40))) {
        read.append(new String(piece, 0, n, StandardCharsets.ISO_8859_1));
      }
    }
    return new String(
        read.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
