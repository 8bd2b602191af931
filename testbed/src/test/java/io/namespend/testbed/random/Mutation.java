package io.namespend.testbed.random;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can happen to series between those who publish them and the rules. */
enum Mutation {
  DROP {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return series.stream().map(each -> from(each, minute -> TimedSeries.GONE)).toList();
    }
  },

  /** Of what has several rows, every other is lost. */
  DROP_ROWS {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return IntStream.range(0, series.size())
          .mapToObj(
              row ->
                  row % 2 == 0
                      ? series.get(row)
                      : from(series.get(row), minute -> TimedSeries.GONE))
          .toList();
    }
  },

  /** Of every other pod all rows are lost. */
  DROP_PODS {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      List<String> pods = series.stream().map(each -> each.label("pod")).distinct().toList();
      return series.stream()
          .map(
              each ->
                  pods.indexOf(each.label("pod")) % 2 == 0
                      ? each
                      : from(each, minute -> TimedSeries.GONE))
          .toList();
    }
  },

  FREEZE {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return series.stream().map(Mutation::frozen).toList();
    }
  },

  DELAY {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return series.stream()
          .map(each -> from(each, minute -> each.values().get(minute - LATE)))
          .toList();
    }
  },

  /** The same page, scraped once more. */
  SECOND_TARGET {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return Stream.concat(
              series.stream(), series.stream().map(each -> each.with("instance", "second")))
          .toList();
    }
  },

  /** A second path brings what was there in the minute when things began to go wrong. */
  OLD_TARGET {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return Stream.concat(
              series.stream(), series.stream().map(each -> frozen(each).with("instance", "second")))
          .toList();
    }
  },

  /** As above, of another replica. */
  OLD_REPLICA {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return Stream.concat(
              series.stream(), series.stream().map(each -> frozen(each).with("replica", "b")))
          .toList();
    }
  },

  /** As by a scraper that does not honor labels. */
  RENAME {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return replaced(
          series,
          series.stream()
              .map(
                  each -> {
                    TimedSeries renamed = each;
                    for (String label : List.of("namespace", "pod", "node")) {
                      if (!each.label(label).isEmpty()) {
                        renamed =
                            renamed
                                .with("exported_" + label, each.label(label))
                                .with(label, "scraper");
                      }
                    }
                    return renamed;
                  })
              .toList());
    }
  },

  /** Of what is then the same, a scrape keeps the first. */
  LOSE_LABEL {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return replaced(
          series,
          series.stream()
              .map(
                  each ->
                      Stream.of("node", "namespace", "pool", "service", "family", "kind")
                          .filter(label -> !each.label(label).isEmpty())
                          .findFirst()
                          .map(label -> each.with(label, ""))
                          .orElse(each))
              .toList());
    }
  },

  /** Some runtimes, and relabellings. */
  LOSE_CONTAINER {
    @Override
    List<TimedSeries> of(List<TimedSeries> series) {
      return replaced(series, series.stream().map(each -> each.with("container", "")).toList());
    }
  };

  /** The minute in which it begins. */
  static final int BEGIN = 8;

  /** Minutes; with more, a query finds nothing. */
  private static final int LATE = 3;

  /** The same series with what happened to them. */
  abstract List<TimedSeries> of(List<TimedSeries> series);

  /** A value by minute. */
  private interface Values {
    double at(int minute);
  }

  private static TimedSeries from(TimedSeries series, Values values) {
    return series.with(
        IntStream.range(0, TimedSeries.MINUTES)
            .mapToObj(minute -> minute < BEGIN ? series.values().get(minute) : values.at(minute))
            .toList());
  }

  private static TimedSeries frozen(TimedSeries series) {
    return from(series, minute -> series.values().get(BEGIN));
  }

  /** The old ones end and others begin. */
  private static List<TimedSeries> replaced(List<TimedSeries> old, List<TimedSeries> others) {
    Map<Map<String, String>, TimedSeries> first = new LinkedHashMap<>();
    List<TimedSeries> all = new ArrayList<>();
    for (int i = 0; i < old.size(); i++) {
      if (old.get(i).labels().equals(others.get(i).labels())) {
        all.add(old.get(i));
      } else {
        all.add(from(old.get(i), minute -> TimedSeries.GONE));
        TimedSeries other = others.get(i);
        first.putIfAbsent(other.labels(), other.with(young(other.values())));
      }
    }
    Collection<TimedSeries> begun = first.values();
    return Stream.concat(all.stream(), begun.stream()).toList();
  }

  private static List<Double> young(List<Double> values) {
    return IntStream.range(0, values.size())
        .mapToObj(minute -> minute < BEGIN ? Double.valueOf(TimedSeries.GONE) : values.get(minute))
        .toList();
  }
}
