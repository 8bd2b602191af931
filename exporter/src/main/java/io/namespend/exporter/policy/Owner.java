package io.namespend.exporter.policy;

/**
 * Who owns a namespace or workload.
 *
 * @param source what named the team: {@code namespace-label} or {@code default}
 */
public record Owner(
    String team, String costCenter, String environment, String product, String source) {}
