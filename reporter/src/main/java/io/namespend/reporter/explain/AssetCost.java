package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * A claim, a load balancer, a kind of traffic or an external service: quantity times unit price is
 * the amount before rounding.
 *
 * @param resource storage, load_balancer, network or external
 * @param name empty where nothing was recorded
 * @param detail storage class, address or category; can be empty
 */
record AssetCost(
    String resource,
    String name,
    String detail,
    BigDecimal quantity,
    String unit,
    BigDecimal unitPrice,
    BigDecimal amount) {
  AssetCost {
    requireNonNull(resource, "resource");
    requireNonNull(name, "name");
    requireNonNull(detail, "detail");
    requireNonNull(quantity, "quantity");
    requireNonNull(unit, "unit");
    requireNonNull(unitPrice, "unitPrice");
    requireNonNull(amount, "amount");
  }
}
