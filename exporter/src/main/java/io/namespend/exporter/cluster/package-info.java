/** What is in the cluster and what it asks for, as small immutable records. */
@NullMarked
package io.namespend.exporter.cluster;

import org.jspecify.annotations.NullMarked;
