package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.BillCoverage;
import io.namespend.exporter.price.BillCoverage.State;
import io.namespend.exporter.price.file.BillLines.Spelled;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which line of a bill is the price of which object of a cluster. A line that fits several objects
 * prices none, and of several lines that fit an object the one that names it best does, so that
 * lines of different resources are never added.
 */
final class BillMatch {
  private final BillLines lines;
  private final BilledThings things;

  /** One line of each, or an id with its region and account and the same without. */
  private final Map<BilledThing, List<BillLine>> linesOfThing = new HashMap<>();

  /** GiB of the volumes that share what lies behind them. */
  private final Map<BilledThing, Double> gibOfThing = new HashMap<>();

  private final BillCoverage coverage;

  BillMatch(BillLines lines, ClusterSnapshot cluster) {
    this(lines, cluster, BilledThings.NONE);
  }

  private BillMatch(BillLines lines, ClusterSnapshot cluster, BilledThings earlier) {
    this.lines = lines;
    this.things = earlier.next();
    cluster.nodes().forEach(things::add);
    cluster.volumes().forEach(things::add);
    cluster.loadBalancers().forEach(things::add);
    things.settle();
    Set<BilledThing> all = new LinkedHashSet<>();
    // Two nodes with one id are two things of the same name: neither can be told apart.
    Set<BilledThing> twice = new HashSet<>();
    for (Node node : cluster.nodes()) {
      things.of(node).stream().filter(thing -> !all.add(thing)).forEach(twice::add);
    }
    cluster.volumes().forEach(volume -> all.addAll(things.of(volume)));
    cluster.loadBalancers().forEach(balancer -> all.addAll(things.of(balancer)));
    Map<Integer, Fits> fitting = fitting(all);
    Map<BilledThing, List<BillLine>> candidates = new HashMap<>();
    fitting.forEach(
        (line, fits) -> {
          if (fits.areOne() && !twice.contains(fits.first)) {
            candidates.computeIfAbsent(fits.first, t -> new ArrayList<>(1)).add(lines.get(line));
          }
        });
    candidates.forEach(
        (thing, its) -> {
          List<BillLine> best = best(its);
          if (!best.isEmpty()) {
            linesOfThing.put(thing, best);
          }
        });
    for (Volume volume : cluster.volumes()) {
      thingOf(volume).ifPresent(thing -> gibOfThing.merge(thing, volume.gib(), Double::sum));
    }
    coverage = coverage(fitting, cluster);
  }

  /** The same bill and another cluster, most of whose objects are the same. */
  BillMatch of(ClusterSnapshot other) {
    return new BillMatch(lines, other, things);
  }

  /** The price of the whole node for one hour. */
  Optional<Double> hourly(Node node) {
    return hourly(things.of(node));
  }

  /** The part of what lies behind it that the volume pays for, by its size. */
  Optional<Double> hourly(Volume volume) {
    return thingOf(volume)
        .flatMap(
            thing -> {
              double together = gibOfThing.getOrDefault(thing, volume.gib());
              return hourly(List.of(thing)).map(hourly -> hourly * volume.gib() / together);
            });
  }

  /** The price of the whole load balancer for one hour. */
  Optional<Double> hourly(LoadBalancer balancer) {
    return hourly(things.of(balancer));
  }

  BillCoverage coverage() {
    return coverage;
  }

  /** Whether every object has the same price as by another one. */
  boolean pricesAs(BillMatch other) {
    return linesOfThing.equals(other.linesOfThing) && gibOfThing.equals(other.gibOfThing);
  }

  private Optional<Double> hourly(List<BilledThing> things) {
    return things.stream()
        .filter(linesOfThing::containsKey)
        .findFirst()
        .map(thing -> linesOf(thing).stream().mapToDouble(BillLine::hourly).sum());
  }

  /** The smallest that has a line. */
  private Optional<BilledThing> thingOf(Volume volume) {
    return volume.gib() > 0
        ? things.of(volume).stream().filter(linesOfThing::containsKey).findFirst()
        : Optional.empty();
  }

  /**
   * What a line fits.
   *
   * @param isWhole whether it fits the first by a whole id, and not by the number of an instance
   * @param isAlone whether it fits nothing else
   */
  private record Fits(BilledThing first, boolean isWhole, boolean isAlone) {
    boolean areOne() {
      return isAlone && isWhole;
    }

    Fits and(Fits other) {
      return first.equals(other.first)
          ? new Fits(first, isWhole || other.isWhole, isAlone)
          : new Fits(first, isWhole, false);
    }
  }

  /** By line, of those that fit anything, in the order of the file. */
  private Map<Integer, Fits> fitting(Set<BilledThing> all) {
    Map<Integer, Fits> fitting = new TreeMap<>();
    for (BilledThing thing : all) {
      for (BillId near : thing.ids()) {
        lines.near(
            near,
            spelled ->
                fits(thing, spelled)
                    .map(isWhole -> new Fits(thing, isWhole, true))
                    .ifPresent(fits -> fitting.merge(spelled.line(), fits, Fits::and)));
      }
    }
    return fitting;
  }

  /** Empty if it does not; else whether by a whole id. */
  private static Optional<Boolean> fits(BilledThing thing, Spelled spelled) {
    Optional<Boolean> isWhole = Optional.empty();
    for (BillId id : thing.ids()) {
      if (spelled.id().fits(id)) {
        isWhole = Optional.of(isWhole.orElse(false) || spelled.id().isWholeOf(id));
      }
    }
    return isWhole;
  }

  /**
   * The one that says most, and with it the same id without region and account; none if several say
   * most.
   */
  private static List<BillLine> best(List<BillLine> lines) {
    int most = lines.stream().mapToInt(line -> line.id().precision()).max().orElse(0);
    List<BillLine> best = lines.stream().filter(line -> line.id().precision() == most).toList();
    if (best.size() != 1) {
      return List.of();
    }
    BillId id = best.get(0).id();
    return lines.stream()
        .filter(line -> line.id().equals(id) || line.id().equals(id.bare()))
        .toList();
  }

  private List<BillLine> linesOf(BilledThing thing) {
    return linesOfThing.getOrDefault(thing, List.of());
  }

  private BillCoverage coverage(Map<Integer, Fits> fitting, ClusterSnapshot cluster) {
    Set<BillLine> used = new HashSet<>();
    cluster.nodes().forEach(node -> use(things.of(node), used));
    cluster.volumes().forEach(volume -> use(thingOf(volume).stream().toList(), used));
    cluster.loadBalancers().forEach(balancer -> use(things.of(balancer), used));
    Map<State, Integer> counts = new EnumMap<>(State.class);
    Map<State, Double> hourly = new EnumMap<>(State.class);
    for (State state : State.values()) {
      counts.put(state, 0);
      hourly.put(state, 0.0);
    }
    int unmatched = 0;
    double unmatchedHourly = 0;
    for (int i = 0; i < lines.size(); i++) {
      BillLine line = lines.get(i);
      Fits fits = fitting.get(i);
      if (fits == null) {
        // Nearly all: the bill is of a whole company.
        unmatched += line.count();
        unmatchedHourly += line.hourly();
      } else {
        State state =
            used.contains(line)
                ? State.MATCHED
                : isOfUnpriced(line, fits) ? State.UNMATCHED : State.AMBIGUOUS;
        counts.merge(state, line.count(), Integer::sum);
        hourly.merge(state, line.hourly(), Double::sum);
      }
    }
    counts.merge(State.UNMATCHED, unmatched, Integer::sum);
    hourly.merge(State.UNMATCHED, unmatchedHourly, Double::sum);
    return new BillCoverage(counts, hourly);
  }

  /** A file system whose volumes all have lines of their own, or no size. */
  private boolean isOfUnpriced(BillLine line, Fits fits) {
    return fits.areOne() && linesOf(fits.first).contains(line);
  }

  private void use(List<BilledThing> things, Set<BillLine> used) {
    things.stream()
        .filter(linesOfThing::containsKey)
        .findFirst()
        .ifPresent(thing -> used.addAll(linesOf(thing)));
  }
}
