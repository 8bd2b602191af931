/** Effective prices from what was billed. */
@NullMarked
package io.namespend.ledger.price;

import org.jspecify.annotations.NullMarked;
