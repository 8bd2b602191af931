package io.namespend.ledger.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * A version of a bill's month in the books.
 *
 * @param source which bill, as people call it
 * @param version as the provider calls it
 * @param fingerprint of the files and the settings that it was read with
 * @param payer the billing accounts, joined by commas
 * @param until the last day with usage
 * @param isInvoiced whether every line has its invoice: it is final, until a refund
 */
public record BillVersion(
    long id,
    String source,
    YearMonth period,
    String version,
    String format,
    String fingerprint,
    Instant delivered,
    Instant imported,
    String currency,
    String payer,
    long lines,
    LocalDate until,
    boolean isInvoiced) {}
