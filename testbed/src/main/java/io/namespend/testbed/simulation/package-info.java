/** A cluster that exists only as functions of time: who ran where, and how busy it was. */
@NullMarked
package io.namespend.testbed.simulation;

import org.jspecify.annotations.NullMarked;
