package io.namespend.exporter.web;

import java.util.Map;

/**
 * What one client can take of the server. The JDK's server takes these from system properties, once
 * for the whole JVM, and has no other place for them; what is set on the command line stays.
 */
final class ServerLimits {
  /** Of which each has a thread while it asks, so as many are threads at most. */
  private static final int CONNECTIONS = 64;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "jdk.httpserver.maxConnections", String.valueOf(CONNECTIONS),
          // Seconds to send a request, a TLS handshake included, and to take the answer.
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "60",
          // Longer than the usual scrape intervals, so that connections are kept.
          "sun.net.httpserver.idleInterval", "90",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "32768",
          // Else the last packet of an answer waits for the client's acknowledgement.
          "sun.net.httpserver.nodelay", "true");

  private ServerLimits() {}

  /** Before the first server is made. */
  static void set() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
