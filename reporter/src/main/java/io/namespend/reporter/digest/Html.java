package io.namespend.reporter.digest;

/** Text into HTML. */
final class Html {
  private Html() {}

  /** For element content and quoted attributes. */
  static String escape(String text) {
    return PlainText.printable(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
