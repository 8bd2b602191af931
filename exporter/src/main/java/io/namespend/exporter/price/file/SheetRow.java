package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.settings.Wildcard;
import java.util.Optional;

/**
 * One line of a price sheet. A condition that is empty always holds.
 *
 * @param storageClass an empty pattern asks for a volume without one
 * @param amount per hour; of a volume per GiB-hour; of egress per GiB
 */
record SheetRow(
    SheetKind kind,
    Optional<Wildcard> node,
    Optional<LabelSelector> selector,
    Optional<Wildcard> instanceType,
    Optional<CapacityType> capacityType,
    Optional<Wildcard> region,
    Optional<DriverPattern> driver,
    Optional<Wildcard> storageClass,
    double amount) {

  boolean matches(Node candidate) {
    return kind == SheetKind.NODE
        && node.map(name -> name.matches(candidate.name())).orElse(true)
        && selector.map(labels -> labels.matches(candidate.labels())).orElse(true)
        && instanceType.map(type -> type.matches(candidate.instanceType())).orElse(true)
        && capacityType.map(type -> type == candidate.capacityType()).orElse(true)
        && holdsIn(candidate.region());
  }

  boolean matches(Volume candidate, String where) {
    return matches(SheetKind.VOLUME, where)
        && driver.map(name -> name.matches(candidate.driver())).orElse(true)
        && storageClass.map(name -> name.matches(candidate.storageClass())).orElse(true);
  }

  boolean matches(SheetKind wanted, String where) {
    return kind == wanted && holdsIn(where);
  }

  private boolean holdsIn(String where) {
    return region.map(name -> name.matches(where)).orElse(true);
  }
}
