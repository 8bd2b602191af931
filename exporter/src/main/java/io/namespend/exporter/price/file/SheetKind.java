package io.namespend.exporter.price.file;

import java.util.Locale;
import java.util.Set;

/** What a line of a price sheet is about. */
enum SheetKind {
  NODE(Set.of("node", "selector", "instanceType", "capacityType", "region")),
  VOLUME(Set.of("storageClass", "region")),
  LOAD_BALANCER(Set.of("region")),
  CONTROL_PLANE(Set.of("region")),
  EGRESS_ZONE(Set.of("region")),
  EGRESS_REGION(Set.of("region")),
  EGRESS_INTERNET(Set.of("region"));

  private final Set<String> conditions;

  SheetKind(Set<String> conditions) {
    this.conditions = conditions;
  }

  boolean allows(String condition) {
    return conditions.contains(condition);
  }

  boolean isEgress() {
    return name().startsWith("EGRESS");
  }

  /** As it is written in a sheet. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
