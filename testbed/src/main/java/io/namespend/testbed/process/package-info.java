/** Real processes on loopback, stopped with whoever started them. */
@NullMarked
package io.namespend.testbed.process;

import org.jspecify.annotations.NullMarked;
