package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;

/** The controlling owner of an object. */
record OwnerRef(String kind, String name) {
  static Optional<OwnerRef> of(ObjectMeta metadata) {
    return metadata.getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> owner.getKind() != null && owner.getName() != null)
        .findFirst()
        .map(OwnerRef::of);
  }

  private static OwnerRef of(OwnerReference owner) {
    return new OwnerRef(owner.getKind(), owner.getName());
  }
}
