package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.pool.NamespaceGlobs;
import java.util.List;

/**
 * Which model each namespace has.
 *
 * @param model of namespaces that no override names
 * @param blend weights of the blended model
 * @param overrides the first that matches counts
 */
public record Allocation(
    AllocationModel model, AllocationWeights blend, List<ModelOverride> overrides) {
  /** 70 percent request, 30 percent usage. */
  static final AllocationWeights USUAL_BLEND = new AllocationWeights(0.7, 0.3, 0);

  public Allocation {
    requireNonNull(model, "model");
    requireNonNull(blend, "blend");
    overrides = List.copyOf(overrides);
  }

  public static Allocation usual() {
    return new Allocation(AllocationModel.BLENDED, USUAL_BLEND, List.of());
  }

  AllocationModel modelOf(String namespace) {
    return overrides.stream()
        .filter(override -> override.namespaces().matches(namespace))
        .map(ModelOverride::model)
        .findFirst()
        .orElse(model);
  }

  AllocationWeights weights(AllocationModel which) {
    return switch (which) {
      case BLENDED -> blend;
      case REQUEST -> new AllocationWeights(1, 0, 0);
      case USAGE -> new AllocationWeights(0, 1, 0);
      case MAX -> new AllocationWeights(0, 0, 1);
    };
  }

  /** Another model for some namespaces. */
  public record ModelOverride(NamespaceGlobs namespaces, AllocationModel model) {}
}
