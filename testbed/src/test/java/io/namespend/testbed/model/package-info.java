/** What a cluster costs, calculated from the allocation policy's text and not from the rules. */
@NullMarked
package io.namespend.testbed.model;

import org.jspecify.annotations.NullMarked;
