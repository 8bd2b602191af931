package io.namespend.exporter.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the exporter tells of itself to people and probes.
 *
 * @param notReady why its metrics are not whole yet, such as {@code waiting for: pods}; empty if
 *     they are
 */
public record ExporterStatus(
    String version, Instant now, Optional<String> notReady, List<SourceState> sources) {
  public ExporterStatus {
    sources = List.copyOf(sources);
  }
}
