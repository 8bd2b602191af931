package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.pool.NamespaceGlobs;
import java.util.List;

/**
 * What annotations of namespaces may override.
 *
 * @param limits of namespaces that no override names
 * @param overrides the first that matches counts
 */
public record AnnotationPolicy(AnnotationLimits limits, List<LimitsOverride> overrides) {
  public static final AnnotationPolicy SAFE =
      new AnnotationPolicy(AnnotationLimits.SAFE, List.of());

  public AnnotationPolicy {
    requireNonNull(limits, "limits");
    overrides = List.copyOf(overrides);
  }

  AnnotationLimits of(String namespace) {
    return overrides.stream()
        .filter(override -> override.namespaces().matches(namespace))
        .map(LimitsOverride::limits)
        .findFirst()
        .orElse(limits);
  }

  /** Other limits for some namespaces. */
  public record LimitsOverride(NamespaceGlobs namespaces, AnnotationLimits limits) {}
}
