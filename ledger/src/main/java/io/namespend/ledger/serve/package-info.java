/** Prices and figures of the books over HTTP. */
@NullMarked
package io.namespend.ledger.serve;

import org.jspecify.annotations.NullMarked;
