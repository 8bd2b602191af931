/** The HTTP side: metrics, health, and a page for people. */
@NullMarked
package io.namespend.exporter.web;

import org.jspecify.annotations.NullMarked;
