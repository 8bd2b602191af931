/** Tables that a spreadsheet writes and reads. */
@NullMarked
package io.namespend.foundation.csv;

import org.jspecify.annotations.NullMarked;
