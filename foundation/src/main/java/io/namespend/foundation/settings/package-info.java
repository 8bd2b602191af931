/** Reads files that a person writes, and collects everything that is wrong with them. */
@NullMarked
package io.namespend.foundation.settings;

import org.jspecify.annotations.NullMarked;
