package io.namespend.exporter.web;

import java.util.Map;

/**
 * What one client can take of the server. The JDK's server takes these from system properties, once
 * for the whole JVM, and has no other place for them; what is set on the command line stays.
 */
final class ServerLimits {
  /** Idle ones take no thread and little memory. */
  private static final int CONNECTIONS = 512;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "jdk.httpserver.maxConnections", String.valueOf(CONNECTIONS),
          // Seconds to send a request, a TLS handshake included, and to take the answer. A new
          // connection that sends nothing has as long, looked at every second.
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "60",
          "sun.net.httpserver.clockTick", "1000",
          "sun.net.httpserver.maxIdleConnections", "100",
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
