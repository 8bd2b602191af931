/** Load balancers, of services and ingresses alike. */
@NullMarked
package io.namespend.exporter.cluster.balancer;

import org.jspecify.annotations.NullMarked;
