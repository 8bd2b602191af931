package io.namespend.exporter.policy.file;

import java.time.Instant;

/**
 * How the policy file is.
 *
 * @param lastSuccess when it was read last and was good
 * @param lastSuccessful whether the last attempt was good
 * @param failures attempts that were not
 */
public record ReloadStatus(Instant lastSuccess, boolean lastSuccessful, long failures) {}
