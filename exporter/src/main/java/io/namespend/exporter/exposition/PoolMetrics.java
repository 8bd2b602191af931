package io.namespend.exporter.exposition;

import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.pool.Per;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Service;
import io.namespend.foundation.settings.Constant;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.List;

/** Pools and how they are shared, and what services outside the cluster cost. */
final class PoolMetrics {
  private PoolMetrics() {}

  /** What does not depend on the time. */
  static List<MetricSnapshot> shares(AppliedPolicy applied) {
    var split =
        new InfoFamily(
            "namespend_pool_split",
            "[STABLE] How the pool is split over tenants: proportional, even, weighted, driver or"
                + " none. From the policy.",
            "pool",
            "split");
    var per =
        new InfoFamily(
            "namespend_pool_per",
            "[EXPERIMENTAL] Whether the pool is split over the tenants of each nodeGroup or node;"
                + " absent for a pool that is split over the cluster's tenants. From the policy.",
            "pool",
            "per");
    var weight =
        new GaugeFamily(
            "namespend_pool_weight",
            "[STABLE] Weight of a tenant in the pool's split: 1 for each that takes part, its"
                + " configured weight in a weighted split. From the policy.",
            "pool",
            "namespace");
    var floor =
        new GaugeFamily(
            "namespend_pool_floor_hourly_cost",
            "[STABLE] Minimum that the tenant pays of the pool per hour, before the rest is split."
                + " From the policy.",
            "pool",
            "namespace");
    List<NamespaceTerms> tenants = applied.tenants();
    for (Pool pool : applied.policy().allPools()) {
      split.add(pool.name(), Constant.text(pool.sharing().split()));
      if (pool.per() != Per.CLUSTER) {
        per.add(pool.name(), pool.per().text());
      }
      for (NamespaceTerms tenant : tenants) {
        double share = pool.sharing().weight(tenant.namespace());
        if (share > 0) {
          weight.add(share, pool.name(), tenant.namespace());
          if (pool.sharing().floor() > 0) {
            floor.add(pool.sharing().floor(), pool.name(), tenant.namespace());
          }
        }
      }
    }
    return List.of(split.snapshot(), per.snapshot(), weight.snapshot(), floor.snapshot());
  }

  static List<MetricSnapshot> services(AppliedPolicy applied, Instant now) {
    return List.of(
        sharedServices(applied.policy().sharedServices(), now),
        externalServices(applied.policy().externalServices(), now));
  }

  private static MetricSnapshot sharedServices(List<Service.Shared> services, Instant now) {
    var cost =
        new GaugeFamily(
            "shared_service_hourly_cost",
            "[STABLE] What a service that tenants share costs per hour; the pool of that name."
                + " From the policy.",
            "service",
            "category");
    for (Service.Shared shared : services) {
      Service service = shared.service();
      service
          .hourlyAt(now)
          .ifPresent(hourly -> cost.add(hourly, service.name(), service.category()));
    }
    return cost.snapshot();
  }

  private static MetricSnapshot externalServices(List<Service.External> services, Instant now) {
    var cost =
        new GaugeFamily(
            "external_service_hourly_cost",
            "[STABLE] What a service costs per hour that a namespace owns alone, or a team or cost"
                + " center. From the policy.",
            "service",
            "category",
            "namespace",
            "team",
            "cost_center");
    for (Service.External external : services) {
      Service service = external.service();
      service
          .hourlyAt(now)
          .ifPresent(
              hourly ->
                  cost.add(
                      hourly,
                      service.name(),
                      service.category(),
                      external.namespace(),
                      external.team(),
                      external.costCenter()));
    }
    return cost.snapshot();
  }
}
