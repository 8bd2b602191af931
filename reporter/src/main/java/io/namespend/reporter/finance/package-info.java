/** What finance receives: the statement as documents, when a month can be stated, and to whom. */
@NullMarked
package io.namespend.reporter.finance;

import org.jspecify.annotations.NullMarked;
