package io.namespend.exporter.web;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How something goes that the exporter reads from: a kind of object, a price source, a file.
 *
 * @param group what it is one of, such as {@code Cluster}; the page has a table for each
 * @param lastSuccess when it was last read; empty before the first time
 * @param detail what else a person wants to know, such as {@code 12 objects}; may be empty
 */
public record SourceState(
    String group, String name, Condition condition, Optional<Instant> lastSuccess, String detail) {
  public SourceState {
    requireNonNull(group, "group");
    requireNonNull(name, "name");
    requireNonNull(condition, "condition");
    requireNonNull(lastSuccess, "lastSuccess");
    requireNonNull(detail, "detail");
  }

  /** In the words of the page. */
  public enum Condition {
    OK,
    WAITING,
    FAILING
  }
}
