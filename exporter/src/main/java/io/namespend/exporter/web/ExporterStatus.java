package io.namespend.exporter.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the exporter tells of itself to people and probes.
 *
 * @param notReady why its metrics are not whole yet, such as {@code waiting for: pods}; empty if
 *     they are
 * @param missing what its metrics lack though it is ready, such as {@code prices of: aws}
 */
public record ExporterStatus(
    String version,
    Instant now,
    Optional<String> notReady,
    Optional<String> missing,
    List<SourceState> sources) {
  /** A status of which nothing is missing. */
  public ExporterStatus(
      String version, Instant now, Optional<String> notReady, List<SourceState> sources) {
    this(version, now, notReady, Optional.empty(), sources);
  }

  public ExporterStatus {
    sources = List.copyOf(sources);
  }
}
