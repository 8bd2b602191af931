package io.namespend.testbed.stack;

import io.namespend.testbed.process.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What to start.
 *
 * @param folder gets data and logs; emptied before
 * @param project the checkout, for the rules and the exporter's jar
 * @param now end of the past
 * @param past how much of it Prometheus gets
 * @param scale size of the cluster, from 1
 */
public record StackSettings(
    Tools tools, Path folder, Path project, Instant now, Duration past, int scale, long seed) {
  Path exporterJar() {
    return project.resolve("exporter/target/exporter.jar");
  }

  Path rules() {
    return project.resolve("alert-rules");
  }

  /** A full hour: what the figures of whole hours reach back to. */
  public Instant end() {
    return now.truncatedTo(java.time.temporal.ChronoUnit.HOURS);
  }
}
