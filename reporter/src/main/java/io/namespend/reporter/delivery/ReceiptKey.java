package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a receipt is for. As text it is six words, and no two of them have the same text: what would
 * end a word is written as in URLs.
 *
 * @param scope whose digest
 * @param channel by which way
 * @param part of what goes that way
 */
public record ReceiptKey(Window window, String scope, String channel, String part) {
  private static final String REPORT = "digest";

  /** Of version 0.1.0, which wrote white space as an underscore: {@code data eng}, data_eng. */
  private static final String BEFORE = "weekly";

  /** Empty for a key that has another form, such as an older one. */
  static Optional<ReceiptKey> parse(String text) {
    String[] words = text.split(" ", -1);
    return words.length == 6 && words[0].equals(REPORT)
        ? Window.parse(words[1], words[2])
            .map(
                window -> new ReceiptKey(window, plain(words[3]), plain(words[4]), plain(words[5])))
        : Optional.empty();
  }

  /** The window of a key of any version; empty if it has none. */
  static Optional<Window> windowOf(String text) {
    String[] words = text.split(" ", 4);
    return words.length == 4 ? Window.parse(words[1], words[2]) : Optional.empty();
  }

  /** As version 0.1.0 wrote it. */
  String before() {
    return "%s %s %s %s %s"
        .formatted(BEFORE, window, underscored(scope), underscored(channel), underscored(part));
  }

  /** The key without its window. */
  String words() {
    return "%s %s %s".formatted(word(scope), word(channel), word(part));
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(REPORT, window, words());
  }

  private static String underscored(String name) {
    return name.replaceAll("\\s+", "_");
  }

  /** Everything that is no white space, control or sign of ours stays as it is. */
  static String word(String name) {
    return name.isEmpty()
        ? "%"
        : name.codePoints()
            .mapToObj(
                c ->
                    c == '%'
                            || c == '='
                            || c == 0x7f
                            || c <= ' '
                            || Character.isWhitespace(c)
                            || Character.isSpaceChar(c)
                            || Character.getType(c) == Character.CONTROL
                        ? escaped(Character.toString(c))
                        : Character.toString(c))
            .collect(Collectors.joining());
  }

  static String plain(String word) {
    return word.equals("%") ? "" : URLDecoder.decode(word.replace("+", "%2B"), UTF_8);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte one : text.getBytes(UTF_8)) {
      escaped.append(String.format("%%%02X", one));
    }
    return escaped.toString();
  }
}
