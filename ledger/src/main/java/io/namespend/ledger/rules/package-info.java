/** Which class each line of a bill belongs to, by a table that people read and change. */
@NullMarked
package io.namespend.ledger.rules;

import org.jspecify.annotations.NullMarked;
