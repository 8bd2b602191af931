/** The demo. */
@NullMarked
package io.namespend.testbed.cli;

import org.jspecify.annotations.NullMarked;
