/** The rules of one company: who owns what, how it is charged, what is shared and how. */
@NullMarked
package io.namespend.exporter.policy;

import org.jspecify.annotations.NullMarked;
