/** Hands digests over: to Slack, by mail, once. */
@NullMarked
package io.namespend.reporter.delivery;

import org.jspecify.annotations.NullMarked;
