/** The prices section of the policy: which sources, in which order, with which discounts. */
@NullMarked
package io.namespend.exporter.price.settings;

import org.jspecify.annotations.NullMarked;
