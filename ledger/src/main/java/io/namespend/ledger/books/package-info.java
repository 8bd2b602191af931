/** Imports a bill, checks it and shows it. */
@NullMarked
package io.namespend.ledger.books;

import org.jspecify.annotations.NullMarked;
