package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a namespace bears of a pool: the pool's cost times the share is the amount.
 *
 * @param poolCost of the whole pool
 * @param key the namespace's key, averaged over the period; for a proportional split its direct
 *     cost per hour
 * @param keys of all namespaces together, likewise
 * @param floor part of the amount that is due in any case
 */
record PoolShare(
    String pool,
    String method,
    BigDecimal poolCost,
    BigDecimal share,
    BigDecimal key,
    BigDecimal keys,
    BigDecimal floor,
    BigDecimal amount) {
  PoolShare {
    requireNonNull(pool, "pool");
    requireNonNull(method, "method");
    requireNonNull(poolCost, "poolCost");
    requireNonNull(share, "share");
    requireNonNull(key, "key");
    requireNonNull(keys, "keys");
    requireNonNull(floor, "floor");
    requireNonNull(amount, "amount");
  }
}
