package io.namespend.reporter.digest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read for all teams, before it is split.
 *
 * @param lines by cluster, namespace, resource, pool, team
 * @param workloads by cluster, namespace, workload type, workload
 * @param bases by cluster, namespace, workload type, workload, resource, basis
 * @param quantities that were charged for, by cluster, namespace, resource
 * @param basesNow as the bases, an hour at the end of the week
 * @param needs what is enough of CPU and memory, an hour, by cluster, namespace, workload type,
 *     workload, resource
 * @param requested in cores and bytes, by the same
 * @param pods at the end of each week, by cluster, namespace, workload type, workload
 * @param removableNodes nodes that would fit elsewhere, by cluster
 * @param idleGroups idle cost by node group
 */
record BriefData(
    WeeklyDigest digest,
    Map<String, WeekOnWeek> teams,
    Map<List<String>, WeekOnWeek> lines,
    Owners owners,
    Map<List<String>, WeekOnWeek> workloads,
    Map<List<String>, Double> bases,
    Map<List<String>, WeekOnWeek> quantities,
    Map<List<String>, Double> basesNow,
    Map<List<String>, Double> needs,
    Map<List<String>, Double> requested,
    Map<List<String>, WeekOnWeek> pods,
    Map<List<String>, Double> removableNodes,
    Map<List<String>, WeekOnWeek> idleGroups,
    Map<String, Double> monthToDate,
    Map<String, Double> monthEstimate,
    Map<String, Double> forecast,
    UsageMeasured usage,
    List<Limit> limits,
    Days days,
    Map<DigestSettings.Unit, WeekOnWeek> units,
    List<String> warnings) {
  BriefData {
    limits = List.copyOf(limits);
    warnings = List.copyOf(warnings);
  }

  /**
   * A budget of the month.
   *
   * @param scope team or namespace
   * @param used of a namespace, where recorded
   * @param estimate of a namespace, where recorded
   * @param forecast of a namespace, where recorded
   */
  record Limit(
      String scope,
      String name,
      String cluster,
      double amount,
      @Nullable Double used,
      @Nullable Double estimate,
      @Nullable Double forecast) {}

  /** Pods of a part of a namespace's cost that is a workload. */
  WeekOnWeek pods(Owners.Place place, String component) {
    int space = component.indexOf(' ');
    return space < 0
        ? WeekOnWeek.NOTHING
        : pods.getOrDefault(
            List.of(
                place.cluster(),
                place.namespace(),
                component.substring(0, space),
                component.substring(space + 1)),
            WeekOnWeek.NOTHING);
  }

  /** What each namespace's cost is made of, by name of the part. */
  Map<Owners.Place, Map<String, WeekOnWeek>> components() {
    Map<Owners.Place, Map<String, WeekOnWeek>> components = new HashMap<>();
    workloads.forEach(
        (key, cost) -> add(components, Owners.Place.of(key), key.get(2) + " " + key.get(3), cost));
    lines.forEach(
        (key, cost) -> {
          String resource = key.get(2);
          String pool = key.get(3);
          boolean isOfWorkloads =
              resource.equals("cpu") || resource.equals("memory") || resource.equals("gpu");
          if (!pool.isEmpty()) {
            add(components, Owners.Place.of(key), "share of " + pool, cost);
          } else if (!isOfWorkloads) {
            add(components, Owners.Place.of(key), resource.replace('_', ' '), cost);
          }
        });
    return components;
  }

  private static void add(
      Map<Owners.Place, Map<String, WeekOnWeek>> components,
      Owners.Place place,
      String name,
      WeekOnWeek cost) {
    components.computeIfAbsent(place, any -> new HashMap<>()).merge(name, cost, WeekOnWeek::plus);
  }
}
