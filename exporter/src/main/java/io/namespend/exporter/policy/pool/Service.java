package io.namespend.exporter.policy.pool;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.pool.ServiceCost.Period;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Something outside the cluster that is paid for.
 *
 * @param category what kind of service it is, such as {@code database}
 * @param valid when it costs
 */
public record Service(String name, String category, ServiceCost cost, Period valid) {
  public Service {
    requireNonNull(name, "name");
    requireNonNull(category, "category");
    requireNonNull(cost, "cost");
    requireNonNull(valid, "valid");
  }

  /** Empty while it does not cost. */
  public OptionalDouble hourlyAt(Instant now) {
    return valid.contains(now) ? OptionalDouble.of(cost.hourlyAt(now)) : OptionalDouble.empty();
  }

  /** A service that tenants share: a pool of its own. */
  public record Shared(Service service, Sharing sharing) {
    public Pool pool() {
      return new Pool(service.name(), NamespaceGlobs.NONE, sharing);
    }
  }

  /**
   * A service that one namespace owns, or a team or cost center.
   *
   * @param namespace empty if it belongs to the others, which are empty if not
   */
  public record External(Service service, String namespace, String team, String costCenter) {}
}
