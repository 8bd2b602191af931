/** The rules as shipped. */
@NullMarked
package io.namespend.testbed.rules;

import org.jspecify.annotations.NullMarked;
