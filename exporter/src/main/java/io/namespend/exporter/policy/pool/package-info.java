/** Pools and services: who shares them, and by what. */
@NullMarked
package io.namespend.exporter.policy.pool;

import org.jspecify.annotations.NullMarked;
