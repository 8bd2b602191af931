package io.namespend.reporter.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.foundation.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Secrets are named in the settings and lie elsewhere: in a file or an environment variable. */
final class SecretReader {
  private static final String REMEDY = "write {file: PATH} or {env: NAME}";

  private final Map<String, String> environment;

  SecretReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  Optional<Secret> required(Section section, String key) {
    section.requires(key, REMEDY);
    return read(section, key);
  }

  Optional<Secret> read(Section section, String key) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    // What is there instead can be the secret itself, so it is not shown.
    if (!section.value(key).isObject()) {
      section.hiddenProblem(key, "names no place of a secret; " + REMEDY);
      return Optional.empty();
    }
    Section place = section.section(key);
    boolean isFile = place.has("file");
    if (isFile == place.has("env")) {
      section.hiddenProblem(key, "names no single place of a secret; " + REMEDY);
      return Optional.empty();
    }
    place.refuseOthers();
    return isFile
        ? place.parsed("file", SecretReader::fromFile)
        : place.parsed("env", this::fromEnvironment);
  }

  private static Secret fromFile(String name) {
    try {
      return usable(Files.readString(Path.of(name), UTF_8));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("cannot be read; write the path of a readable file", e);
    }
  }

  private Secret fromEnvironment(String name) {
    return usable(
        Optional.ofNullable(environment.get(name))
            .orElseThrow(
                () -> new IllegalArgumentException("is not set; set it in the environment")));
  }

  private static Secret usable(String value) {
    String secret = value.strip();
    if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "leads to nothing that is a secret; put one line of text there");
    }
    return new Secret(secret);
  }
}
