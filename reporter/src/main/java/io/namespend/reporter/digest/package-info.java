/** The weekly digest: its model, how it is read from recorded series, and how it looks. */
@NullMarked
package io.namespend.reporter.digest;

import org.jspecify.annotations.NullMarked;
