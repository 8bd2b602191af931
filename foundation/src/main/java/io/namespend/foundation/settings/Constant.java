package io.namespend.foundation.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as people write them: in lower case, with hyphens. */
public final class Constant {
  private Constant() {}

  public static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException that lists the constants, if it is none of them
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> text(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(Constant::text)
                            .collect(Collectors.joining(", "))));
  }
}
