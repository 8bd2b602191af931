/** Dollars of hours and months through the real promtool and Prometheus. */
@NullMarked
package io.namespend.testbed.time;

import org.jspecify.annotations.NullMarked;
