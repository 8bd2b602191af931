/** Prices from files that the user keeps: a price sheet and a compact bill. */
@NullMarked
package io.namespend.exporter.price.file;

import org.jspecify.annotations.NullMarked;
