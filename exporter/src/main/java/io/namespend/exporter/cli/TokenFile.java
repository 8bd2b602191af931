package io.namespend.exporter.cli;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The token of a service account, read anew for each request: the kubelet replaces it long before
 * it expires.
 */
record TokenFile(Path path) implements OAuthTokenProvider {
  /**
   * Empty if the file cannot be read; the API server then answers 401, which is told and retried.
   */
  @Override
  public String getToken() {
    try {
      return Files.readString(path).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
