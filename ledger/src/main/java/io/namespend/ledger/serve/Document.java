package io.namespend.ledger.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A text that is served, with the tag of its content. */
final class Document {
  private final byte[] content;
  private final String tag;

  Document(String text) {
    this.content = text.getBytes(StandardCharsets.UTF_8);
    this.tag = '"' + HexFormat.of().formatHex(digest(content)) + '"';
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** For the header ETag. */
  String tag() {
    return tag;
  }

  byte[] content() {
    return content.clone();
  }

  /**
   * Whether a client has it already.
   *
   * @param ifNoneMatch the values of its header: tags, or lists of them. Proxies make them weak
   */
  boolean isKnownTo(List<String> ifNoneMatch) {
    return ifNoneMatch.stream()
        .flatMap(tags -> Arrays.stream(tags.split(",")))
        .map(text -> text.strip().replaceFirst("^W/", ""))
        .anyMatch(known -> known.equals(tag) || known.equals("*"));
  }
}
