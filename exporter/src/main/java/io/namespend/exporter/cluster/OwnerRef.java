package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;

/** The controlling owner of an object. */
record OwnerRef(String kind, String name) {
  static Optional<OwnerRef> of(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst()
        .map(OwnerRef::of);
  }

  private static OwnerRef of(OwnerReference owner) {
    return new OwnerRef(owner.getKind(), owner.getName());
  }
}
