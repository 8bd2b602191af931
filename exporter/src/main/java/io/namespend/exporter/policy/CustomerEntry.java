package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.pool.ServiceCost;
import io.namespend.exporter.policy.pool.ServiceCost.Period;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What is known of a customer in a range of time.
 *
 * @param id as in metrics and labels
 * @param name for people; never in a metric
 * @param tier may be empty
 * @param weight its part in splits by weight
 */
public record CustomerEntry(
    String id,
    String name,
    String tier,
    OptionalDouble monthlyRevenue,
    double weight,
    Period valid) {
  public CustomerEntry {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(tier, "tier");
    requireNonNull(monthlyRevenue, "monthlyRevenue");
    requireNonNull(valid, "valid");
  }

  public boolean isValidAt(Instant now) {
    return valid.contains(now);
  }

  /** The month's revenue over the hours of that month. */
  public OptionalDouble hourlyRevenueAt(Instant now) {
    return monthlyRevenue.isPresent()
        ? OptionalDouble.of(
            new ServiceCost.Monthly(monthlyRevenue.getAsDouble(), OptionalDouble.empty())
                .hourlyAt(now))
        : OptionalDouble.empty();
  }
}
