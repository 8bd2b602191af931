/** The rules of allocation and ownership. */
@NullMarked
package io.namespend.exporter.policy;

import org.jspecify.annotations.NullMarked;
