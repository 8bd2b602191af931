/** Certificates and keys as people have them. */
@NullMarked
package io.namespend.foundation.tls;

import org.jspecify.annotations.NullMarked;
