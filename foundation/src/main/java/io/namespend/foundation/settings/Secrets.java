package io.namespend.foundation.settings;

import java.util.regex.Pattern;

/** What must not stand in a message, which ends up in logs. */
public final class Secrets {
  /**
   * {@code user:password@} of an address. A password may have any character, also where it makes
   * the address invalid; a port is none.
   */
  private static final Pattern CREDENTIALS =
      Pattern.compile("//[^\\s\"@/]*:(?!\\d+([/?\"\\s]|$))[^\\n]*@|//[^\\s\"]*@");

  private Secrets() {}

  /** The text without the users and passwords of the addresses in it. */
  public static String hidden(String text) {
    return CREDENTIALS.matcher(text).replaceAll("//...@");
  }
}
