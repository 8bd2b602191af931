/** The past of the simulated cluster, as blocks for Prometheus. */
@NullMarked
package io.namespend.testbed.backfill;

import org.jspecify.annotations.NullMarked;
