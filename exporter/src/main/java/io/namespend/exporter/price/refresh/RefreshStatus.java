package io.namespend.exporter.price.refresh;

import java.time.Instant;
import java.util.Optional;

/**
 * How a source's refreshes went.
 *
 * @param lastSuccess when its newest prices were fetched; empty before the first success
 * @param failures since the start
 * @param failing whether the last refresh failed
 */
public record RefreshStatus(
    String source, Optional<Instant> lastSuccess, long failures, boolean failing) {}
