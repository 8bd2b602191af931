package io.namespend.testbed.anomaly;

import static io.namespend.testbed.anomaly.OrdinarySpend.between;
import static io.namespend.testbed.anomaly.SpendPast.DAY;
import static io.namespend.testbed.anomaly.SpendPast.FIRST_HOUR;
import static io.namespend.testbed.anomaly.SpendPast.HOURS;
import static io.namespend.testbed.anomaly.SpendPast.WEEK;

import io.namespend.testbed.anomaly.OrdinarySpend.Rhythm;
import io.namespend.testbed.anomaly.Planted.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forty namespaces of eight teams, and what was planted in them. Another seed is another past. A
 * namespace has one planted anomaly at most; those with a bursty load have none, but must not be
 * reported either.
 */
final class SimulatedSpend {
  static final int NAMESPACES = 40;
  private static final int TEAMS = 8;
  private static final int WITH_MONTH_END = 6;
  private static final int PRICED_TOGETHER = 14;

  private final Map<String, OrdinarySpend> ordinary = new LinkedHashMap<>();
  private final List<Planted> planted = new ArrayList<>();
  private final Random random;
  private final double[] idle = new double[HOURS];
  private final String created;
  private final int createdAt;
  private final String deleted;
  private final int deletedAt;

  SimulatedSpend(long seed) {
    random = new Random(seed);
    List<Rhythm> rhythms = new ArrayList<>();
    for (int i = 0; i < NAMESPACES; i++) {
      rhythms.add(
          i % 10 < 4
              ? Rhythm.STEADY
              : i % 10 < 7 ? Rhythm.OFFICE_HOURS : i % 10 < 9 ? Rhythm.NIGHTLY : Rhythm.BURSTY);
    }
    Collections.shuffle(rhythms, random);
    for (int i = 0; i < NAMESPACES; i++) {
      double perDay = Math.exp(between(random, Math.log(30), Math.log(500)));
      ordinary.put(
          "ns-" + i, new OrdinarySpend(rhythms.get(i), perDay, i < WITH_MONTH_END, random));
    }
    double share = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      share = 0.98 * share + 0.2 * 0.03 * random.nextGaussian();
      idle[hour] = 0.2 * Math.exp(share);
    }
    List<String> free = new ArrayList<>(ordinary.keySet());
    Collections.shuffle(free, random);
    free.removeIf(name -> ordinary(name).rhythm() == Rhythm.BURSTY);
    created = free.remove(0);
    createdAt = someHour(2, 10);
    deleted = free.remove(0);
    deletedAt = someHour(2, 10);
    plant(free);
  }

  private void plant(List<String> free) {
    for (int i = 0; i < 5; i++) {
      String name = free.stream().filter(n -> ordinary(n).perDay() > 80).findFirst().orElseThrow();
      free.remove(name);
      int begin = someHour(0, 6);
      int days = 28 + random.nextInt(14);
      planted.add(
          new Planted(
              Kind.SLOW_LEAK,
              Set.of(name),
              begin,
              begin + days * DAY,
              1 + between(random, 0.01, 0.02)));
    }
    for (int i = 0; i < 8; i++) {
      int begin = someHour(0, 11);
      int length = 8 + random.nextInt(17);
      double factor = Math.max(between(random, 2, 4), 1 + 0.5 * DAY / length);
      planted.add(new Planted(Kind.SPIKE, Set.of(free.remove(0)), begin, begin + length, factor));
    }
    for (int i = 0; i < 4; i++) {
      planted.add(
          new Planted(
              Kind.DOUBLED_REPLICAS,
              Set.of(free.remove(0)),
              someHour(0, 11),
              HOURS,
              between(random, 1.6, 2)));
    }
    for (int i = 0; i < 2; i++) {
      int begin = someHour(0, 11);
      planted.add(
          new Planted(
              Kind.DROP,
              Set.of(free.remove(0)),
              begin,
              begin + DAY + random.nextInt(2 * DAY),
              0.1));
    }
    planted.add(
        new Planted(
            Kind.PRICE_CHANGE,
            Set.copyOf(free.subList(0, Math.min(PRICED_TOGETHER, free.size()))),
            someHour(1, 8),
            HOURS,
            between(random, 1.25, 1.4)));
  }

  private OrdinarySpend ordinary(String namespace) {
    return Objects.requireNonNull(ordinary.get(namespace), namespace);
  }

  private int someHour(int fromWeek, int toWeek) {
    return FIRST_HOUR + fromWeek * WEEK + random.nextInt((toWeek - fromWeek) * WEEK);
  }

  List<Planted> planted() {
    return List.copyOf(planted);
  }

  Set<String> namespaces() {
    return ordinary.keySet();
  }

  static String team(String namespace) {
    return "team-" + Integer.parseInt(namespace.substring(3)) % TEAMS;
  }

  /** The namespace that appears on the way: its first alert of new spend is right. */
  String created() {
    return created;
  }

  boolean exists(String namespace, int hour) {
    return !(namespace.equals(created) && hour < createdAt)
        && !(namespace.equals(deleted) && hour >= deletedAt);
  }

  /** Dollars of that hour, its part of idle capacity included. */
  double cost(String namespace, int hour) {
    if (!exists(namespace, hour)) {
      return 0;
    }
    double cost = ordinary(namespace).at(hour) * (1 + idle[hour]);
    for (Planted anomaly : planted) {
      cost *= anomaly.effect(namespace, hour);
    }
    return cost;
  }

  /** Dollars of all namespaces of each team. */
  Map<String, Double> teams(int hour) {
    return ordinary.keySet().stream()
        .filter(name -> exists(name, hour))
        .collect(
            Collectors.groupingBy(
                SimulatedSpend::team, Collectors.summingDouble(name -> cost(name, hour))));
  }

  /** Dollars that are idle, as far as the namespaces bear it. */
  double idle(int hour) {
    return ordinary.keySet().stream().mapToDouble(name -> cost(name, hour)).sum()
        * (1 - 1 / (1 + idle[hour]));
  }

  /** Share of the hour's minutes with figures: two outages, and some bad minutes. */
  static double coverage(int hour) {
    int in = hour - FIRST_HOUR;
    if ((in >= 20 * DAY + 3 && in < 20 * DAY + 9) || (in >= 47 * DAY + 8 && in < 48 * DAY + 4)) {
      return 0;
    }
    return in % 97 == 5 ? 0.5 : 1;
  }
}
