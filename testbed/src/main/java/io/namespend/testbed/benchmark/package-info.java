/** Measures the rules on a cluster of the size that Kubernetes supports. */
@NullMarked
package io.namespend.testbed.benchmark;

import org.jspecify.annotations.NullMarked;
