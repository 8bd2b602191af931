package io.namespend.testbed.anomaly;

import io.namespend.testbed.rules.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the hours in which an alert's expression has a result to those in which it fires: it must
 * hold for a while first, and goes on for a while after.
 *
 * @param hold hours of {@code for}
 * @param keep hours of {@code keep_firing_for}
 */
record AlertClock(String alert, int hold, int keep) {
  private static final Pattern DURATION = Pattern.compile("([0-9]+)([hd])");

  static AlertClock of(Rule rule) {
    return new AlertClock(
        rule.name(),
        hours(rule.body().path("for").asText("0h")),
        hours(rule.body().path("keep_firing_for").asText("0h")));
  }

  /**
   * @param hours in which the expression has this series, ascending
   */
  List<Firing> firings(Map<String, String> labels, List<Integer> hours) {
    List<Firing> firings = new ArrayList<>();
    int first = Integer.MIN_VALUE;
    int last = Integer.MIN_VALUE;
    int begin = -1;
    for (int hour : hours) {
      boolean pause = hour != last + 1;
      if (begin >= 0 && pause && hour > last + keep) {
        firings.add(new Firing(alert, labels, begin, last + 1 + keep));
        begin = -1;
      }
      if (pause) {
        first = hour;
      }
      last = hour;
      if (begin < 0 && hour - first >= hold) {
        begin = hour;
      }
    }
    if (begin >= 0) {
      firings.add(new Firing(alert, labels, begin, last + 1 + keep));
    }
    return firings;
  }

  private static int hours(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "duration \"" + text + "\" is not whole hours or days, such as 2h or 1d");
    }
    Duration unit = matcher.group(2).equals("d") ? Duration.ofDays(1) : Duration.ofHours(1);
    return (int) unit.multipliedBy(Long.parseLong(matcher.group(1))).toHours();
  }
}
