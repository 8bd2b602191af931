/** What was recorded, beside what was billed. */
@NullMarked
package io.namespend.ledger.reconcile;

import org.jspecify.annotations.NullMarked;
