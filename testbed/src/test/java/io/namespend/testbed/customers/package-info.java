/** The rules of customers on random clusters against a model of docs/allocation-policy.md. */
@NullMarked
package io.namespend.testbed.customers;

import org.jspecify.annotations.NullMarked;
