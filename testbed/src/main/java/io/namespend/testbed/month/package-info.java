/** A month of what the rules record of a large company, made up and written in minutes. */
@NullMarked
package io.namespend.testbed.month;

import org.jspecify.annotations.NullMarked;
