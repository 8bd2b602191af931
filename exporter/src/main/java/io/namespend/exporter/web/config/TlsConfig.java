package io.namespend.exporter.web.config;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The server's side of a handshake.
 *
 * @param context with the certificate, its key, and whom to trust
 * @param parameters versions, cipher suites, and whether the client needs a certificate
 */
public record TlsConfig(SSLContext context, SSLParameters parameters) {}
