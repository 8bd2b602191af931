package io.namespend.testbed.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kubeconfig that leads to an API server without credentials. */
final class Kubeconfig {
  private Kubeconfig() {}

  static Path write(Path file, URI server) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          clusters: [{name: large, cluster: {server: "%s"}}]
          users: [{name: benchmark, user: {}}]
          contexts: [{name: large, context: {cluster: large, user: benchmark}}]
          current-context: large
          """
              .formatted(server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
