package io.namespend.exporter.price.online;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An API key.
 *
 * @param file read for every request, so that a new key is used at once
 */
record GcpApiKey(Path file) implements GcpCredentials {
  @Override
  public Map<String, String> headers() throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("the API key file %s cannot be read".formatted(file));
    }
    String key = Files.readString(file).strip();
    if (!GcpCredentials.fitsHeader(key)) {
      throw new IOException("the API key file %s must hold one key, alone".formatted(file));
    }
    return Map.of("X-Goog-Api-Key", key);
  }
}
