/** Which namespaces and workloads lack the labels that say who owns them. */
@NullMarked
package io.namespend.exporter.audit;

import org.jspecify.annotations.NullMarked;
