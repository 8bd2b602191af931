package io.namespend.reporter.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code storageRetention} says, such as "15d", "4w3d" or "10d or 20GiB". */
final class Retention {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|[ywdhms])");
  private static final JsonMapper JSON = new JsonMapper();

  private Retention() {}

  static Optional<Duration> in(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return Optional.empty();
    }
    try {
      JsonNode body = JSON.readTree(response.body());
      return of(body.at("/data/storageRetention").asText());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<Duration> of(String text) {
    Duration sum = Duration.ZERO;
    for (String word : text.split(" or ", -1)) {
      if (word.matches("(\\d{1,9}(ms|[ywdhms]))+")) {
        Matcher part = PART.matcher(word);
        while (part.find()) {
          sum = sum.plus(duration(Long.parseLong(part.group(1)), part.group(2)));
        }
      }
    }
    return sum.isZero() ? Optional.empty() : Optional.of(sum);
  }

  private static Duration duration(long number, String unit) {
    return switch (unit) {
      case "y" -> Duration.ofDays(365 * number);
      case "w" -> Duration.ofDays(7 * number);
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMillis(number);
    };
  }
}
