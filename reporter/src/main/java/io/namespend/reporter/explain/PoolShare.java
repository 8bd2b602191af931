package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a namespace bears of a pool: the pool's cost times the share is the amount.
 *
 * @param poolCost of the whole pool
 *     <p>The share follows from the keys: it is the floor, and of the pool without all floors the
 *     key's part of all keys, over the pool's cost.
 * @param key the namespace's key, averaged over the period; for a proportional split its direct
 *     cost per hour
 * @param keys of all namespaces together, each minute weighted by what was split in it
 * @param floor part of the amount that is due in any case
 * @param floors of all namespaces together
 */
record PoolShare(
    String pool,
    String method,
    BigDecimal poolCost,
    BigDecimal share,
    BigDecimal key,
    BigDecimal keys,
    BigDecimal floor,
    BigDecimal floors,
    BigDecimal amount) {
  PoolShare {
    requireNonNull(pool, "pool");
    requireNonNull(method, "method");
    requireNonNull(poolCost, "poolCost");
    requireNonNull(share, "share");
    requireNonNull(key, "key");
    requireNonNull(keys, "keys");
    requireNonNull(floor, "floor");
    requireNonNull(floors, "floors");
    requireNonNull(amount, "amount");
  }
}
