/** Nodes and their devices: what they are, what they have, what is asked of them. */
@NullMarked
package io.namespend.exporter.cluster.node;

import org.jspecify.annotations.NullMarked;
