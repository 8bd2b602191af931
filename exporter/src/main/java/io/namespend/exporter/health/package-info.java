/** Whether what runs in the background still does. */
@NullMarked
package io.namespend.exporter.health;

import org.jspecify.annotations.NullMarked;
