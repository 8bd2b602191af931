/** Lists and watches of an API server, which recover by themselves. */
@NullMarked
package io.namespend.exporter.cluster.watch;

import org.jspecify.annotations.NullMarked;
