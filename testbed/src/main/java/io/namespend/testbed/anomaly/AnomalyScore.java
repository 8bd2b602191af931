package io.namespend.testbed.anomaly;

import io.namespend.testbed.anomaly.Planted.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was found of the planted anomalies, and what fired without one. */
public final class AnomalyScore {
  private static final double WEEKS_OF_A_QUARTER = 13;

  private final SimulatedSpend spend;
  private final List<Firing> firings;

  AnomalyScore(SimulatedSpend spend, List<Firing> firings) {
    this.spend = spend;
    this.firings = List.copyOf(firings);
  }

  public int planted() {
    return spend.planted().size();
  }

  public int found() {
    return (int)
        spend.planted().stream().filter(anomaly -> firstFiring(anomaly).isPresent()).count();
  }

  public double recall() {
    return (double) found() / planted();
  }

  /** Found and planted anomalies, and the hours until they were found, by kind. */
  Map<Kind, KindScore> byKind() {
    return spend.planted().stream()
        .collect(
            Collectors.groupingBy(
                Planted::kind,
                TreeMap::new,
                Collectors.collectingAndThen(Collectors.toList(), this::kindScore)));
  }

  private KindScore kindScore(List<Planted> anomalies) {
    List<Integer> delays =
        anomalies.stream()
            .flatMap(
                anomaly ->
                    firstFiring(anomaly).stream().map(firing -> firing.begin() - anomaly.begin()))
            .sorted()
            .toList();
    return new KindScore(anomalies.size(), delays);
  }

  /**
   * @param delays hours until each found one was found, ascending
   */
  record KindScore(int planted, List<Integer> delays) {}

  List<Planted> missed() {
    return spend.planted().stream().filter(anomaly -> firstFiring(anomaly).isEmpty()).toList();
  }

  private Optional<Firing> firstFiring(Planted anomaly) {
    return firings.stream()
        .filter(firing -> anomaly.kind().isFoundBy(firing.alert()))
        .filter(
            firing ->
                anomaly.kind() == Kind.PRICE_CHANGE
                    || anomaly.namespaces().contains(firing.label("namespace")))
        .filter(firing -> firing.begin() >= anomaly.begin())
        .filter(firing -> firing.begin() < anomaly.foundUntil())
        .min((a, b) -> Integer.compare(a.begin(), b.begin()));
  }

  /** Alerts of namespaces that nothing planted is the reason of; the price change is none. */
  List<Firing> falseNamespaceAlerts() {
    return firings.stream()
        .filter(firing -> !firing.label("namespace").isEmpty())
        .filter(
            firing ->
                !(firing.alert().equals("NamespendNewSpend")
                    && firing.label("namespace").equals(spend.created())))
        .filter(
            firing ->
                spend.planted().stream()
                    .filter(anomaly -> anomaly.kind() != Kind.PRICE_CHANGE)
                    .filter(anomaly -> anomaly.namespaces().contains(firing.label("namespace")))
                    .noneMatch(anomaly -> isReason(anomaly, firing)))
        .toList();
  }

  /** Alerts of teams, pools and the cluster that nothing planted is the reason of. */
  List<Firing> falseWideAlerts() {
    return firings.stream()
        .filter(firing -> firing.label("namespace").isEmpty())
        .filter(
            firing ->
                spend.planted().stream()
                    .filter(
                        anomaly ->
                            firing.label("team").isEmpty()
                                || anomaly.namespaces().stream()
                                    .map(SimulatedSpend::team)
                                    .anyMatch(firing.label("team")::equals))
                    .filter(
                        anomaly ->
                            !firing.alert().equals("NamespendClusterSpendAnomaly")
                                || anomaly.kind() == Kind.PRICE_CHANGE)
                    .noneMatch(anomaly -> isReason(anomaly, firing)))
        .toList();
  }

  private static boolean isReason(Planted anomaly, Firing firing) {
    return firing.overlaps(anomaly.begin(), anomaly.reasonUntil());
  }

  /** False alarms of the namespace that has most of them. */
  public int mostFalseAlarmsOfANamespace() {
    return falseNamespaceAlerts().stream()
        .collect(Collectors.groupingBy(firing -> firing.label("namespace"), Collectors.counting()))
        .values()
        .stream()
        .mapToInt(Long::intValue)
        .max()
        .orElse(0);
  }

  /** False alarms of a namespace in a quarter, on average. */
  public double falseAlarms() {
    return falseNamespaceAlerts().size()
        / (double) SimulatedSpend.NAMESPACES
        * WEEKS_OF_A_QUARTER
        / SpendPast.WEEKS;
  }

  /** How often something planted was told of, where it was found. */
  double alertsPerFound() {
    long alerts =
        firings.stream()
            .filter(
                firing ->
                    spend.planted().stream()
                        .anyMatch(
                            anomaly ->
                                anomaly.kind().isFoundBy(firing.alert())
                                    && (anomaly.kind() == Kind.PRICE_CHANGE
                                        || anomaly.namespaces().contains(firing.label("namespace")))
                                    && isReason(anomaly, firing)))
            .count();
    return alerts / (double) Math.max(1, found());
  }
}
