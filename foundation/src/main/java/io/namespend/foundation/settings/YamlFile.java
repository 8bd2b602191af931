package io.namespend.foundation.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;

/** Reads files with one YAML document. */
public final class YamlFile {
  /** As much as a ConfigMap holds. Read, it takes many times as much. */
  private static final int MOST_BYTES = 1 << 20;

  private static final YAMLFactory FACTORY = new YAMLFactory();

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
        throw wrong(file, "file", file.toString(), "is larger than 1 MiB; check the path");
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
      return document(file, text);
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

  /** One document without aliases, whose names a tree would hold as texts. */
  private static JsonNode document(Path file, String text) throws IOException {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      YamlTree tree = new YamlTree(parser);
      JsonNode document = tree.read();
      Optional<String> alias = tree.alias();
      if (alias.isPresent()) {
        throw wrong(
            file, tree.line(), "*" + alias.get(), "is an alias; write its value again instead");
      }
      if (tree.isTooLarge()) {
        throw wrong(
            file,
            tree.line(),
            "...",
            "is the %,dth value; write fewer".formatted(YamlTree.MOST_VALUES + 1));
      }
      if (parser.nextToken() != null) {
        throw wrong(file, tree.line(), "---", "starts a second document; write one");
      }
      return document;
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
