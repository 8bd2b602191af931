/** Random clusters through the real exporter code, Prometheus and rules, held against the model. */
@NullMarked
package io.namespend.testbed.random;

import org.jspecify.annotations.NullMarked;
