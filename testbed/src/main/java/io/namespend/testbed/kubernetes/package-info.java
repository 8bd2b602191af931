/** The simulated cluster as Kubernetes objects, behind an API server. */
@NullMarked
package io.namespend.testbed.kubernetes;

import org.jspecify.annotations.NullMarked;
