/** How well the anomaly rules find what was planted in a simulated past. */
@NullMarked
package io.namespend.testbed.anomaly;

import org.jspecify.annotations.NullMarked;
