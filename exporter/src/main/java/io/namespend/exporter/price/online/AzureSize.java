package io.namespend.exporter.price.online;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spelling of sizes of virtual machines, whose case Azure's price list insists on. */
final class AzureSize {
  /**
   * {@code Standard}, then the series and the rest, then words such as {@code A100} and {@code v4}.
   */
  private static final Pattern PARTS =
      Pattern.compile("([a-z]+)_([a-z]+)(\\d[a-z\\d-]*)((?:_[^_]+)*)");

  private AzureSize() {}

  /**
   * @param size in any case
   * @return unchanged if it is not of the usual form
   */
  static String name(String size) {
    Matcher parts = PARTS.matcher(size.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return size;
    }
    StringBuilder name = new StringBuilder(capitalized(parts.group(1)));
    name.append('_').append(parts.group(2).toUpperCase(Locale.ROOT)).append(parts.group(3));
    for (String word : parts.group(4).split("_", -1)) {
      if (!word.isEmpty()) {
        name.append('_').append(spelled(word));
      }
    }
    return name.toString();
  }

  /** {@code A100} and {@code MI300X}, but {@code v5} and {@code cc}. */
  private static String spelled(String word) {
    if (word.matches("v\\d{1,2}|cc|xl|flex")) {
      return word;
    }
    return switch (word) {
      case "noib" -> "noIB";
      case "ndr" -> "NDR";
      default -> word.matches(".*\\d.*") ? word.toUpperCase(Locale.ROOT) : capitalized(word);
    };
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
