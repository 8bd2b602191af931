/** The simulated cluster as the kubelets' cAdvisor pages. */
@NullMarked
package io.namespend.testbed.cadvisor;

import org.jspecify.annotations.NullMarked;
