package io.namespend.ledger.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as exports write them. A bill has few different ones, so each is read once. */
final class Moments {
  private static final int MOST_REMEMBERED = 4_096;
  private static final Pattern AMERICAN = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})");

  /** 2026-10-01, also with a time, which stands behind a T or a blank. */
  private static final Pattern ISO =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)(.*))?");

  /** As manifests write it: 20261001T000000.000Z. */
  private static final Pattern COMPACT =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2}).*");

  private final Map<String, Instant> read = new HashMap<>();

  /**
   * @param name of the column, for the message
   */
  Instant read(String name, String text) {
    Instant known = read.get(text);
    if (known != null) {
      return known;
    }
    try {
      Instant moment = parse(text);
      if (read.size() >= MOST_REMEMBERED) {
        read.clear();
      }
      read.put(text, moment);
      return moment;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s \"%s\" is no date such as 2026-10-01T00:00:00Z, 2026-10-01 00:00:00 or 10/01/2026"
                  .formatted(name, text)
              + " (month first); export it again",
          e);
    }
  }

  static Instant parse(String text) {
    Matcher iso = ISO.matcher(text);
    if (iso.matches()) {
      if (iso.group(2) == null) {
        return LocalDate.parse(iso.group(1)).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      String zone = iso.group(3).replace("UTC", "").strip();
      String time = iso.group(1) + "T" + iso.group(2);
      return zone.isEmpty()
          ? LocalDateTime.parse(time).toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(time + zone).toInstant();
    }
    Matcher american = AMERICAN.matcher(text);
    if (american.matches()) {
      return LocalDate.of(number(american, 3), number(american, 1), number(american, 2))
          .atStartOfDay()
          .toInstant(ZoneOffset.UTC);
    }
    Matcher compact = COMPACT.matcher(text);
    if (compact.matches()) {
      return LocalDateTime.of(
              number(compact, 1),
              number(compact, 2),
              number(compact, 3),
              number(compact, 4),
              number(compact, 5),
              number(compact, 6))
          .toInstant(ZoneOffset.UTC);
    }
    throw new DateTimeException("no date");
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
