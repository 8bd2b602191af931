/** The file that keeps the books. */
@NullMarked
package io.namespend.ledger.store;

import org.jspecify.annotations.NullMarked;
