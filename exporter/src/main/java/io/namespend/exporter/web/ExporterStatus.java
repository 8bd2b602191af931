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
 * @param stalled what stands still in the background, such as {@code watch pods}; only a restart
 *     heals it
 */
public record ExporterStatus(
    String version,
    Instant now,
    Optional<String> notReady,
    Optional<String> missing,
    List<SourceState> sources,
    List<String> stalled) {
  /** A status of which nothing stands still. */
  public ExporterStatus(
      String version,
      Instant now,
      Optional<String> notReady,
      Optional<String> missing,
      List<SourceState> sources) {
    this(version, now, notReady, missing, sources, List.of());
  }

  /** A status of which nothing is missing. */
  public ExporterStatus(
      String version, Instant now, Optional<String> notReady, List<SourceState> sources) {
    this(version, now, notReady, Optional.empty(), sources);
  }

  public ExporterStatus {
    sources = List.copyOf(sources);
    stalled = List.copyOf(stalled);
  }

  /** Why its metrics are not whole, or no longer true. */
  Optional<String> whyNotReady() {
    return unhealthy().or(() -> notReady);
  }

  /** In a line. */
  String readiness() {
    return whyNotReady()
        .map(why -> "not ready, " + why)
        .or(() -> missing.map(what -> "ready, without " + what))
        .orElse("ready");
  }

  /** Why it must be started again; empty if it need not. */
  Optional<String> unhealthy() {
    return stalled.isEmpty()
        ? Optional.empty()
        : Optional.of("stalled: " + String.join(", ", stalled));
  }
}
