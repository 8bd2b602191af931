/**
 * Public price lists: what each provider's objects cost by its rules, from tables of single prices.
 */
@NullMarked
package io.namespend.exporter.price.list;

import org.jspecify.annotations.NullMarked;
