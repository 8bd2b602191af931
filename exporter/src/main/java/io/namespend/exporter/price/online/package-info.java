/** Prices from the providers' interfaces, fetched in the background. */
@NullMarked
package io.namespend.exporter.price.online;

import org.jspecify.annotations.NullMarked;
