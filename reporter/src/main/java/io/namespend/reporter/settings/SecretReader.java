package io.namespend.reporter.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Secrets are named in the settings and lie elsewhere: in a file or an environment variable. */
final class SecretReader {
  private static final String REMEDY = "take {file: PATH} or {env: NAME}";

  private final Map<String, String> environment;

  SecretReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  Optional<Secret> required(SettingsNode node) {
    if (!node.isPresent()) {
      node.error("is missing", REMEDY);
    }
    return read(node);
  }

  Optional<Secret> read(SettingsNode node) {
    if (!node.isPresent()) {
      return Optional.empty();
    }
    SettingsNode file = node.child("file");
    SettingsNode env = node.child("env");
    if (file.isPresent() == env.isPresent()) {
      // What is there instead can be the secret itself, so it is not shown.
      node.error("names no single place of a secret", REMEDY);
      return Optional.empty();
    }
    return file.isPresent()
        ? file.text().flatMap(name -> fromFile(name, file))
        : env.text().flatMap(name -> fromEnvironment(name, env));
  }

  private static Optional<Secret> fromFile(String name, SettingsNode node) {
    try {
      return usable(Files.readString(Path.of(name), UTF_8), node);
    } catch (IOException | InvalidPathException e) {
      node.error("is \"%s\", which cannot be read".formatted(name), "name a readable file");
      return Optional.empty();
    }
  }

  private Optional<Secret> fromEnvironment(String name, SettingsNode node) {
    String value = environment.get(name);
    if (value == null) {
      node.error("is \"%s\", which is not set".formatted(name), "set it in the environment");
      return Optional.empty();
    }
    return usable(value, node);
  }

  private static Optional<Secret> usable(String value, SettingsNode node) {
    String secret = value.strip();
    if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
      node.error("leads to nothing that is a secret", "put one line of text there");
      return Optional.empty();
    }
    return Optional.of(new Secret(secret));
  }
}
