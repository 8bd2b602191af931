package io.namespend.ledger.bill;

/** How usage was bought. */
public enum Purchase {
  ON_DEMAND,
  SPOT,
  RESERVED,
  SAVINGS_PLAN,
  COMMITTED_USE,
  /** It is not usage. */
  NONE
}
