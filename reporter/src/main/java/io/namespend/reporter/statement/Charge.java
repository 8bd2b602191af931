package io.namespend.reporter.statement;

import java.math.BigDecimal;

/** A line before it is rounded. */
record Charge(LineKey key, BigDecimal cost, Quantity quantity) {}
