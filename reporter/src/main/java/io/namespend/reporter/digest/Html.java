package io.namespend.reporter.digest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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

  static String resource(String name) {
    try (InputStream resource = requireNonNull(Html.class.getResourceAsStream(name), name)) {
      return new String(resource.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
