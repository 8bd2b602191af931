/** The whole path in one place: cluster, exporter, Prometheus with its past and its rules. */
@NullMarked
package io.namespend.testbed.stack;

import org.jspecify.annotations.NullMarked;
