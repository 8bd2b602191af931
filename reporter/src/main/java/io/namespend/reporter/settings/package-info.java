/** The settings file: where Prometheus is, and who gets which digest. */
@NullMarked
package io.namespend.reporter.settings;

import org.jspecify.annotations.NullMarked;
