package io.namespend.ledger.store;

import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Product;
import io.namespend.ledger.rules.Assignment;
import java.time.LocalDate;

/**
 * What lines have in common that are kept as one: everything but their hour.
 *
 * @param cluster that the lines' tags name, or empty
 */
public record Charge(
    LocalDate day,
    ChargeKind kind,
    Assignment assignment,
    Product product,
    String account,
    String resource,
    String commitment,
    String cluster,
    boolean isPart) {}
