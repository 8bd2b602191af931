/** The policy file: reads it as a whole or not at all, and again when it changes. */
@NullMarked
package io.namespend.exporter.policy.file;

import org.jspecify.annotations.NullMarked;
