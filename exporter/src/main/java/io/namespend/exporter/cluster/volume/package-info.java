/** Persistent volumes and their share of what backs them. */
@NullMarked
package io.namespend.exporter.cluster.volume;

import org.jspecify.annotations.NullMarked;
