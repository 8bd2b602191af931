/** A line of a cloud bill, in one form for every provider. */
@NullMarked
package io.namespend.ledger.bill;

import org.jspecify.annotations.NullMarked;
