/** Kinds of text that a person writes in settings. */
@NullMarked
package io.namespend.exporter.settings;

import org.jspecify.annotations.NullMarked;
