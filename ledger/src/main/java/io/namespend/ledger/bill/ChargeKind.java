package io.namespend.ledger.bill;

/** What a line charges for, whatever the provider calls it. */
public enum ChargeKind {
  /** Usage at its own price. */
  USAGE,
  /** Usage that a savings plan or a reservation pays for. */
  COVERED_USAGE,
  /** Cancels what a savings plan's covered usage is billed at. */
  NEGATION,
  /** The recurring fee of a commitment; its effective cost is what of it was not used. */
  COMMITMENT_FEE,
  /** The upfront payment of a commitment. */
  COMMITMENT_PURCHASE,
  /** What of a commitment was not used, where the provider has lines for it. */
  UNUSED_COMMITMENT,
  /** Support, domains, marketplace. */
  FEE,
  TAX,
  CREDIT,
  REFUND,
  /** A negotiated discount as a line of its own. */
  DISCOUNT,
  /** Rounding, and corrections that name no other kind. */
  ADJUSTMENT
}
