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
        boolean version = word.matches("v\\d+");
        name.append('_').append(version ? word : capitalized(word));
      }
    }
    return name.toString();
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
