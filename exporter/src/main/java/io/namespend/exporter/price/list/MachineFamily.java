package io.namespend.exporter.price.list;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an instance type tells of its kind, in lower case: of {@code m7gd.xlarge} series
 * m, generation 7, attributes gd; of {@code Standard_D4s_v5} series d, generation 5, attributes s.
 * Sizes of a family differ in price by their size only.
 *
 * @param use what the series is made for; prices of one use differ between regions alike
 */
record MachineFamily(String series, int generation, String attributes, Use use) {
  private static final Pattern AWS = Pattern.compile("([a-z]+)-?(\\d+)([a-z\\d-]*)\\..+");
  private static final Pattern AZURE =
      Pattern.compile(
          "(?:standard|basic)_([a-z]+)\\d+(?:-\\d+)?([a-z]*)((?:_(?!v\\d{1,2}(?:_|$))[a-z\\d]+)*)"
              + "(?:_v(\\d{1,2}))?(?:_promo)?");

  /** For what work a series is made. */
  enum Use {
    GENERAL,
    COMPUTE,
    MEMORY,
    STORAGE,
    ACCELERATED
  }

  /** Empty for a name of another form. */
  static Optional<MachineFamily> ofAws(String type) {
    Matcher name = AWS.matcher(type.toLowerCase(Locale.ROOT));
    return name.matches()
        ? Optional.of(
            new MachineFamily(
                name.group(1), number(name.group(2)), name.group(3), awsUse(name.group(1))))
        : Optional.empty();
  }

  /** Empty for a name of another form. */
  static Optional<MachineFamily> ofAzure(String size) {
    Matcher name = AZURE.matcher(size.toLowerCase(Locale.ROOT));
    return name.matches()
        ? Optional.of(
            new MachineFamily(
                name.group(1) + name.group(3),
                name.group(4) == null ? 1 : number(name.group(4)),
                name.group(2),
                azureUse(name.group(1))))
        : Optional.empty();
  }

  /** Who makes the processor: g is Graviton, a is AMD at AWS, and p is Arm at Azure. */
  String processor() {
    return attributes.replaceAll("[^agp]", "");
  }

  /** Longer numbers are no generation of anything. */
  private static int number(String digits) {
    return digits.length() > 3 ? 0 : Integer.parseInt(digits);
  }

  private static Use awsUse(String series) {
    return switch (series) {
      case "c", "hpc" -> Use.COMPUTE;
      case "r", "x", "z", "u", "cr" -> Use.MEMORY;
      case "i", "is", "im", "d", "h", "hs" -> Use.STORAGE;
      case "p", "g", "f", "inf", "trn", "dl", "vt", "cg" -> Use.ACCELERATED;
      default -> Use.GENERAL;
    };
  }

  private static Use azureUse(String series) {
    return switch (series.charAt(0)) {
      case 'f', 'h' -> Use.COMPUTE;
      case 'e', 'm', 'g' -> Use.MEMORY;
      case 'l' -> Use.STORAGE;
      case 'n' -> Use.ACCELERATED;
      default -> Use.GENERAL;
    };
  }
}
