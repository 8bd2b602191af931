/** Objects as Kubernetes writes them: read within limits, only the fields that are needed. */
@NullMarked
package io.namespend.exporter.cluster.json;

import org.jspecify.annotations.NullMarked;
