package io.namespend.exporter.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads files with one YAML document. */
public final class YamlFile {
  /** What the YAML parser takes; a ConfigMap holds a third of it. */
  private static final int MOST_BYTES = 3 << 20;

  private static final YAMLFactory FACTORY = new YAMLFactory();
  private static final ObjectMapper YAML =
      new ObjectMapper(FACTORY).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private YamlFile() {}

  /**
   * @throws InvalidSettingsException if the file cannot be read or is no YAML
   */
  public static JsonNode read(Path file) {
    return parse(file, content(file));
  }

  /**
   * @throws InvalidSettingsException if the file cannot be read or is too large
   */
  public static byte[] content(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw wrong(file, "file", file.toString(), whyUnreadable(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw wrong(file, "file", file.toString(), "is larger than 3 MiB; check the path");
      }
      return content;
    } catch (IOException e) {
      throw wrong(file, "file", file.toString(), "cannot be read: " + e);
    }
  }

  /**
   * @param file for messages
   * @throws InvalidSettingsException if the content is no YAML
   */
  public static JsonNode parse(Path file, byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      refuseAliasesAndSecondDocuments(file, text);
      return YAML.readTree(text);
    } catch (CharacterCodingException e) {
      throw wrong(file, "file", file.toString(), "is not UTF-8 text; save it as UTF-8");
    } catch (JsonProcessingException e) {
      throw wrong(
          file,
          "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()),
          whatIsWrong(e),
          "write valid YAML");
    } catch (IOException e) {
      throw wrong(file, "file", file.toString(), e.toString());
    }
  }

  /** The tree would hold the name of an alias as a text, and the first document alone. */
  private static void refuseAliasesAndSecondDocuments(Path file, String text) throws IOException {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      int depth = 0;
      boolean ended = false;
      while (parser.nextToken() != null) {
        String line = "line " + parser.currentTokenLocation().getLineNr();
        if (ended) {
          throw wrong(file, line, "---", "starts a second document; write one");
        }
        if (parser.isCurrentAlias()) {
          throw wrong(
              file, line, "*" + parser.getText(), "is an alias; write its value again instead");
        }
        if (parser.currentToken().isStructStart()) {
          depth++;
        } else if (parser.currentToken().isStructEnd()) {
          depth--;
        }
        ended = depth == 0;
      }
    }
  }

  /** The parser's message ends with the problem, after the context; places are indented. */
  private static String whatIsWrong(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .reduce("", (before, line) -> line);
  }

  private static String whyUnreadable(Path file) {
    if (!Files.exists(file)) {
      return "does not exist; check the path";
    }
    return Files.isRegularFile(file)
        ? "cannot be read; check its permissions"
        : "is not a file; check the path";
  }

  private static InvalidSettingsException wrong(
      Path file, String path, String value, String remedy) {
    return new InvalidSettingsException(file.toString(), List.of(new Problem(path, value, remedy)));
  }
}
