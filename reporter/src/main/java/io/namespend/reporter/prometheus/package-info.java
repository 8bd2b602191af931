/** Asks Prometheus, or whatever speaks its HTTP API. */
@NullMarked
package io.namespend.reporter.prometheus;

import org.jspecify.annotations.NullMarked;
