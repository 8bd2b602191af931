/** What currencies cost in the one that prices are published in. */
@NullMarked
package io.namespend.exporter.price.currency;

import org.jspecify.annotations.NullMarked;
