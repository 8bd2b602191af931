package io.namespend.exporter.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads YAML documents. */
public final class YamlFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private YamlFile() {}

  /**
   * @throws InvalidSettingsException if the file cannot be read or is no YAML
   */
  public static JsonNode read(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidSettingsException(
          file.toString(),
          List.of(
              new Problem(
                  "file",
                  file.toString(),
                  Files.exists(file)
                      ? "cannot be read; check its permissions"
                      : "does not exist; check the path")));
    }
    try {
      return YAML.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new InvalidSettingsException(
          file.toString(),
          List.of(
              new Problem(
                  "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()),
                  e.getOriginalMessage().lines().findFirst().orElse(""),
                  "write valid YAML")));
    } catch (IOException e) {
      throw new InvalidSettingsException(
          file.toString(), List.of(new Problem("file", file.toString(), e.toString())));
    }
  }
}
