/** What the build and the images are made of. */
@org.jspecify.annotations.NullMarked
package io.namespend.testbed.supply;
