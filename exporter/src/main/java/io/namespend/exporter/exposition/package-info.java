/** Joins cluster, prices and policy into the metrics of the contract. */
@NullMarked
package io.namespend.exporter.exposition;

import org.jspecify.annotations.NullMarked;
