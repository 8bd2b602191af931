/** What the things of the cluster cost, in currency per hour. */
@NullMarked
package io.namespend.exporter.price;

import org.jspecify.annotations.NullMarked;
