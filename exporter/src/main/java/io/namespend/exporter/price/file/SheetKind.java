package io.namespend.exporter.price.file;

import java.util.Locale;
import java.util.Set;

/** What a line of a price sheet is about. */
enum SheetKind {
  NODE,
  VOLUME,
  LOAD_BALANCER,
  CONTROL_PLANE,
  EGRESS_ZONE,
  EGRESS_REGION,
  EGRESS_INTERNET;

  private static final Set<String> OF_NODES =
      Set.of("node", "selector", "instanceType", "capacityType", "region");
  private static final Set<String> OF_VOLUMES = Set.of("driver", "storageClass", "region");

  /** Whether a line of this kind can ask for it. */
  boolean allows(String condition) {
    return switch (this) {
      case NODE -> OF_NODES.contains(condition);
      case VOLUME -> OF_VOLUMES.contains(condition);
      case LOAD_BALANCER, CONTROL_PLANE, EGRESS_ZONE, EGRESS_REGION, EGRESS_INTERNET ->
          condition.equals("region");
    };
  }

  boolean isEgress() {
    return name().startsWith("EGRESS");
  }

  /** As it is written in a sheet. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
