/** What the simulated cluster really cost, computed without the exporter and the rules. */
@NullMarked
package io.namespend.testbed.truth;

import org.jspecify.annotations.NullMarked;
