package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.LoadBalancer;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.BillCoverage;
import io.namespend.exporter.price.BillCoverage.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which line of a bill is the price of which object of a cluster. A line that fits several objects
 * prices none, and of several lines that fit an object the one that names it best does, so that
 * lines of different resources are never added.
 */
final class BillMatch {
  /** One line of each, or an id with its region and account and the same without. */
  private final Map<BilledThing, List<BillLine>> linesOfThing = new HashMap<>();

  /** GiB of the volumes that share what lies behind them. */
  private final Map<BilledThing, Double> gibOfThing = new HashMap<>();

  private final BillCoverage coverage;

  BillMatch(Collection<BillLine> lines, ClusterSnapshot cluster) {
    Set<BilledThing> things = new LinkedHashSet<>();
    // Two nodes with one id are two things of the same name: neither can be told apart.
    Set<BilledThing> twice = new HashSet<>();
    for (Node node : cluster.nodes()) {
      BilledThing.of(node).stream().filter(thing -> !things.add(thing)).forEach(twice::add);
    }
    cluster.volumes().forEach(volume -> things.addAll(BilledThing.of(volume)));
    cluster.loadBalancers().forEach(balancer -> things.addAll(BilledThing.of(balancer)));
    Map<BillLine, Set<BilledThing>> fitting = fitting(lines, things);
    Map<BilledThing, List<BillLine>> candidates = new HashMap<>();
    fitting.forEach(
        (line, fits) -> {
          if (fits.size() == 1 && !twice.containsAll(fits)) {
            candidates.computeIfAbsent(fits.iterator().next(), t -> new ArrayList<>()).add(line);
          }
        });
    candidates.forEach(
        (thing, all) -> {
          List<BillLine> best = best(all);
          if (!best.isEmpty()) {
            linesOfThing.put(thing, best);
          }
        });
    for (Volume volume : cluster.volumes()) {
      thingOf(volume).ifPresent(thing -> gibOfThing.merge(thing, volume.gib(), Double::sum));
    }
    coverage = coverage(lines, fitting, cluster);
  }

  /** The price of the whole node for one hour. */
  Optional<Double> hourly(Node node) {
    return hourly(BilledThing.of(node));
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
    return hourly(BilledThing.of(balancer));
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
        ? BilledThing.of(volume).stream().filter(linesOfThing::containsKey).findFirst()
        : Optional.empty();
  }

  private static Map<BillLine, Set<BilledThing>> fitting(
      Collection<BillLine> lines, Set<BilledThing> things) {
    Map<String, List<BilledThing>> byName = new HashMap<>();
    for (BilledThing thing : things) {
      thing.ids().stream()
          .map(BillId::name)
          .distinct()
          .forEach(name -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(thing));
    }
    Map<BillLine, Set<BilledThing>> fitting = new HashMap<>();
    for (BillLine line : lines) {
      Set<BilledThing> fits = new LinkedHashSet<>();
      for (BillId id : line.spellings()) {
        for (BilledThing thing : byName.getOrDefault(id.name(), List.of())) {
          if (thing.ids().stream().anyMatch(id::fits)) {
            fits.add(thing);
          }
        }
      }
      fitting.put(line, fits);
    }
    return fitting;
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

  private BillCoverage coverage(
      Collection<BillLine> lines,
      Map<BillLine, Set<BilledThing>> fitting,
      ClusterSnapshot cluster) {
    Set<BillLine> used = new HashSet<>();
    cluster.nodes().forEach(node -> use(BilledThing.of(node), used));
    cluster.volumes().forEach(volume -> use(thingOf(volume).stream().toList(), used));
    cluster.loadBalancers().forEach(balancer -> use(BilledThing.of(balancer), used));
    Map<State, Integer> counts = new EnumMap<>(State.class);
    Map<State, Double> hourly = new EnumMap<>(State.class);
    for (State state : State.values()) {
      counts.put(state, 0);
      hourly.put(state, 0.0);
    }
    for (BillLine line : lines) {
      State state =
          used.contains(line)
              ? State.MATCHED
              : fitting.getOrDefault(line, Set.of()).isEmpty() || isOfUnpriced(line, fitting)
                  ? State.UNMATCHED
                  : State.AMBIGUOUS;
      counts.merge(state, line.count(), Integer::sum);
      hourly.merge(state, line.hourly(), Double::sum);
    }
    return new BillCoverage(counts, hourly);
  }

  /** A file system whose volumes all have lines of their own, or no size. */
  private boolean isOfUnpriced(BillLine line, Map<BillLine, Set<BilledThing>> fitting) {
    return fitting.getOrDefault(line, Set.of()).stream()
        .anyMatch(thing -> linesOf(thing).contains(line));
  }

  private void use(List<BilledThing> things, Set<BillLine> used) {
    things.stream()
        .filter(linesOfThing::containsKey)
        .findFirst()
        .ifPresent(thing -> used.addAll(linesOf(thing)));
  }
}
