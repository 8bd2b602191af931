package io.namespend.reporter.settings;

import java.util.regex.Pattern;

/** What must not stand in a message, which ends up in logs. */
final class Secrets {
  /** {@code user:password@} of an address; a password may have any character. */
  private static final Pattern CREDENTIALS = Pattern.compile("//[^\\s\"]*@");

  private Secrets() {}

  /** The text without the users and passwords of the addresses in it. */
  static String hidden(String text) {
    return CREDENTIALS.matcher(text).replaceAll("//...@");
  }
}
