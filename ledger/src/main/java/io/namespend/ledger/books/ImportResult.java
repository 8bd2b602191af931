package io.namespend.ledger.books;

import io.namespend.ledger.store.BillVersion;

/**
 * What an import did.
 *
 * @param isUnchanged whether the version was in the books already
 * @param otherMonths lines of other months, which were left out
 * @param splitLines lines that repeat, split by pod, what others charge
 * @param doubledParts allocated parts whose whole is in the bill too
 */
public record ImportResult(
    BillVersion version,
    boolean isUnchanged,
    long otherMonths,
    long splitLines,
    long doubledParts) {
  static ImportResult unchanged(BillVersion version) {
    return new ImportResult(version, true, 0, 0, 0);
  }
}
