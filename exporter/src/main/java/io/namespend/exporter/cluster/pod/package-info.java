/** Pods, their requests and times, and the workloads and namespaces they belong to. */
@NullMarked
package io.namespend.exporter.cluster.pod;

import org.jspecify.annotations.NullMarked;
