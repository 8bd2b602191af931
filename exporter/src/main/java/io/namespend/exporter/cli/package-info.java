/** The command line. */
@NullMarked
package io.namespend.exporter.cli;

import org.jspecify.annotations.NullMarked;
