/** Takes amounts of a statement apart. */
@NullMarked
package io.namespend.reporter.explain;

import org.jspecify.annotations.NullMarked;
