/** What finance books: the dollars of a period, line by line, to the cent. */
@NullMarked
package io.namespend.reporter.statement;

import org.jspecify.annotations.NullMarked;
