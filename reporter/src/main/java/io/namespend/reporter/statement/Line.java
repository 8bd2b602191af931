package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * One amount that somebody bears.
 *
 * @param cost before rounding
 * @param amount rounded once, to the currency's smallest unit
 * @param share of what its cluster charged for the item altogether, twelve decimals
 * @param glAccount empty where the mapping has none
 * @param method see docs/statement.md
 */
public record Line(
    LineKey key,
    BigDecimal cost,
    BigDecimal amount,
    Quantity quantity,
    BigDecimal share,
    String glAccount,
    String method,
    String auditKey) {
  public Line {
    requireNonNull(key, "key");
    requireNonNull(cost, "cost");
    requireNonNull(amount, "amount");
    requireNonNull(quantity, "quantity");
    requireNonNull(share, "share");
    requireNonNull(glAccount, "glAccount");
    requireNonNull(method, "method");
    requireNonNull(auditKey, "auditKey");
  }
}
