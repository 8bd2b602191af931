/** Goes through what an installation needs, and names the first thing that is wrong. */
@NullMarked
package io.namespend.reporter.doctor;

import org.jspecify.annotations.NullMarked;
