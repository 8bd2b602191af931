package io.namespend.testbed.random;

import java.time.Instant;
import java.util.List;

/** Series of many clusters as a page with timestamps, before and after one moment. */
final class SamplePage {
  /** Counters need two samples in every window of a rate, at its usual distance. */
  private static final int COUNTER_SECONDS = 120;

  /** Gauges are forgotten after 5 minutes. */
  private static final int GAUGE_SECONDS = 240;

  /** The window of a rate reaches so far back. */
  private static final int PAST_SECONDS = 240;

  /** Prometheus takes samples up to 10 minutes ahead. */
  private static final int FUTURE_SECONDS = 480;

  private final StringBuilder text = new StringBuilder();
  private final long moment;

  SamplePage(Instant moment) {
    this.moment = moment.getEpochSecond();
  }

  void add(String cluster, List<FedSeries> series) {
    String label = "cluster=\"" + cluster + "\"";
    for (FedSeries each : series) {
      String name = withLabel(each.text(), label);
      int first = each.isCounter() ? -PAST_SECONDS : 0;
      int step = each.isCounter() ? COUNTER_SECONDS : GAUGE_SECONDS;
      for (int second = first; second <= FUTURE_SECONDS; second += step) {
        text.append(name).append(' ').append(each.at(second)).append(' ');
        text.append((moment + second) * 1000).append('\n');
      }
    }
  }

  String text() {
    return text.toString();
  }

  private static String withLabel(String series, String label) {
    int brace = series.indexOf('{');
    return brace < 0
        ? series + "{" + label + "}"
        : series.substring(0, brace + 1) + label + "," + series.substring(brace + 1);
  }
}
