/** What is kept of objects, and of those that have ended until their minute is published. */
@NullMarked
package io.namespend.exporter.cluster.store;

import org.jspecify.annotations.NullMarked;
