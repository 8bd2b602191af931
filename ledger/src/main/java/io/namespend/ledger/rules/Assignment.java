package io.namespend.ledger.rules;

import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.LineClass;

/** Where a line belongs. */
public record Assignment(LineClass lineClass, Component component, Owner owner) {}
