/**
 * Pods of seconds, whose cost is known in advance, behind real exporters and Prometheus servers.
 */
@NullMarked
package io.namespend.testbed.minutes;

import org.jspecify.annotations.NullMarked;
