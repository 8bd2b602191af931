/** Tests of manifests, chart and image as they are shipped. */
@NullMarked
package io.namespend.testbed.manifests;

import org.jspecify.annotations.NullMarked;
