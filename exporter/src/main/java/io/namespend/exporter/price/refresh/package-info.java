/** Prices that are fetched: when, and what became of it. */
@NullMarked
package io.namespend.exporter.price.refresh;

import org.jspecify.annotations.NullMarked;
