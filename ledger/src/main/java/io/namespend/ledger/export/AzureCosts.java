package io.namespend.ledger.export;

/** Which costs of an Azure export count: a bill can have one of its two exports, or both. */
public enum AzureCosts {
  ALL,
  /** Of the actual costs, if the amortized ones are there too. */
  BILLED,
  /** Of the amortized costs, if the actual ones are there too. */
  AMORTIZED
}
