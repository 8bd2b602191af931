/** Reads the bill exports of cloud providers, as streams. */
@NullMarked
package io.namespend.ledger.export;

import org.jspecify.annotations.NullMarked;
