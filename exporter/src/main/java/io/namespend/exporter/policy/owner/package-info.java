/** Who owns a namespace or workload, and from what that is known. */
@NullMarked
package io.namespend.exporter.policy.owner;

import org.jspecify.annotations.NullMarked;
