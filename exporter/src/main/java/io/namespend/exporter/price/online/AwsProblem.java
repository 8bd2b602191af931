package io.namespend.exporter.price.online;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;

/** Words what the SDK says for a log line: for missing credentials it says a page. */
final class AwsProblem {
  private static final int MOST_CHARACTERS = 200;

  private AwsProblem() {}

  static IOException of(SdkException e) {
    String message = String.valueOf(e.getMessage());
    int details = message.indexOf(" AwsCredentialsProviderChain(");
    String brief = details < 0 ? message : message.substring(0, details);
    return new IOException(
        brief.length() <= MOST_CHARACTERS ? brief : brief.substring(0, MOST_CHARACTERS) + "...", e);
  }
}
