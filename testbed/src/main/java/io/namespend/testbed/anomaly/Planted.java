package io.namespend.testbed.anomaly;

import java.util.Set;

/**
 * An anomaly that the rules must find.
 *
 * @param namespaces whose spend changes
 * @param begin first hour
 * @param end the hour after the last
 * @param factor what it does to spend: at once, or per day for a leak
 */
record Planted(Kind kind, Set<String> namespaces, int begin, int end, double factor) {
  enum Kind {
    SPIKE("spike"),
    DOUBLED_REPLICAS("doubled replicas"),
    SLOW_LEAK("slow leak"),
    DROP("drop"),
    PRICE_CHANGE("price change");

    final String words;

    Kind(String words) {
      this.words = words;
    }

    boolean isFoundBy(String alert) {
      return switch (this) {
        case SPIKE, DOUBLED_REPLICAS -> alert.equals("NamespendSpendAnomaly");
        case SLOW_LEAK ->
            alert.equals("NamespendSlowLeak") || alert.equals("NamespendSpendAnomaly");
        case DROP -> alert.equals("NamespendSpendDrop");
        case PRICE_CHANGE -> alert.equals("NamespendClusterSpendAnomaly");
      };
    }
  }

  Planted {
    namespaces = Set.copyOf(namespaces);
  }

  /** What spend of the hour is multiplied with. */
  double effect(String namespace, int hour) {
    if (hour < begin || !namespaces.contains(namespace)) {
      return 1;
    }
    return switch (kind) {
      case SPIKE, DROP -> hour < end ? factor : 1;
      case DOUBLED_REPLICAS, PRICE_CHANGE -> factor;
      case SLOW_LEAK -> Math.pow(factor, (Math.min(hour, end) - begin) / (double) SpendPast.DAY);
    };
  }

  /** Until when an alert has found it: a day after it, for the figures are of 24 hours. */
  int foundUntil() {
    return switch (kind) {
      case SPIKE, DROP, SLOW_LEAK -> end + SpendPast.DAY;
      case DOUBLED_REPLICAS, PRICE_CHANGE -> begin + 3 * SpendPast.DAY;
    };
  }

  /** Until when it is the reason of alerts: one that stays is normal after half of six weeks. */
  int reasonUntil() {
    return switch (kind) {
      case SPIKE, DROP -> end + 4 * SpendPast.DAY;
      case SLOW_LEAK -> end + 2 * SpendPast.WEEK;
      case DOUBLED_REPLICAS, PRICE_CHANGE -> begin + 4 * SpendPast.WEEK;
    };
  }
}
