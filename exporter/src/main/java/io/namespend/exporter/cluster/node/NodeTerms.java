package io.namespend.exporter.cluster.node;

import static java.util.Objects.requireNonNull;

/** What the price of a node depends on beside its machine and how that was bought. */
public record NodeTerms(OperatingSystem operatingSystem, Tenancy tenancy, Management management) {
  /** Linux on a shared machine that nobody charges extra for: most nodes. */
  public static final NodeTerms PLAIN =
      new NodeTerms(OperatingSystem.LINUX, Tenancy.SHARED, Management.NONE);

  public NodeTerms {
    requireNonNull(operatingSystem, "operatingSystem");
    requireNonNull(tenancy, "tenancy");
    requireNonNull(management, "management");
  }
}
