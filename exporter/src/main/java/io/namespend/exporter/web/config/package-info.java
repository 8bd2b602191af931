/**
 * The file of {@code --web.config.file}: TLS, basic authentication, headers and the rate limit, in
 * the format of Prometheus' exporter-toolkit.
 */
@NullMarked
package io.namespend.exporter.web.config;

import org.jspecify.annotations.NullMarked;
