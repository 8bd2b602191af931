package io.namespend.exporter.price.online;

import java.io.IOException;
import java.util.Map;

/** What tells Google who asks. */
interface GcpCredentials {
  /**
   * For one request. In headers and not in its address, so that they get into no log.
   *
   * @throws IOException if there are no credentials; the message has the remedy and no secret
   */
  Map<String, String> headers() throws IOException, InterruptedException;

  /** Whether a header takes it; the HTTP client quotes in its error what a header does not take. */
  static boolean fitsHeader(String text) {
    return text.matches("[!-~]+");
  }
}
