/** A Kubernetes API server of a large cluster, which only arithmetic describes. */
@NullMarked
package io.namespend.testbed.apiserver;

import org.jspecify.annotations.NullMarked;
