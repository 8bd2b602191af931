/** The command line. */
@NullMarked
package io.namespend.reporter.cli;

import org.jspecify.annotations.NullMarked;
