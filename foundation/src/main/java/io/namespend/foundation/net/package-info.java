/** The way to the outside, as the environment says. */
@NullMarked
package io.namespend.foundation.net;

import org.jspecify.annotations.NullMarked;
