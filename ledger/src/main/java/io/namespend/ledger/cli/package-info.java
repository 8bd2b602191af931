/** The commands. */
@NullMarked
package io.namespend.ledger.cli;

import org.jspecify.annotations.NullMarked;
