package io.namespend.testbed.backfill;

import io.namespend.testbed.cadvisor.CadvisorRows;
import io.namespend.testbed.cadvisor.CadvisorSample;
import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.simulation.SimNode;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Writes what Prometheus would have scraped of a simulated cluster. */
public final class History {
  /** Two counter samples must lie in every 5-minute window of a rate. */
  private static final long COUNTER_SECONDS = 120;

  private final SimulatedCluster cluster;

  public History(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Writes the samples of a time range.
   *
   * @param from second since 1970
   * @param to exclusive
   */
  public void write(long from, long to, Path path) {
    try (OpenMetricsFile file = new OpenMetricsFile(path)) {
      ExporterPage exporter = new ExporterPage();
      GaugeHistory exporterHistory = GaugeHistory.ofSteps(file);
      GaugeHistory slowRows = GaugeHistory.ofWaves(file);
      Map<String, Double> page = Map.of();
      Set<Long> changes = changes(from, to);
      for (long second : moments(from, to, changes)) {
        if (page.isEmpty() || changes.contains(second)) {
          page = exporter.at(cluster, second);
        }
        exporterHistory.write(page, second);
        writeCadvisor(second, (second - from) % COUNTER_SECONDS == 0, file, slowRows);
      }
    }
  }

  /** When something begins or ends, and the regular beat between. */
  private List<Long> moments(long from, long to, Set<Long> changes) {
    TreeSet<Long> moments = new TreeSet<>(changes);
    LongStream.iterate(from, second -> second < to, second -> second + COUNTER_SECONDS)
        .forEach(moments::add);
    return new ArrayList<>(moments);
  }

  private Set<Long> changes(long from, long to) {
    Set<Long> changes = new HashSet<>();
    Stream.concat(
            cluster.nodes().stream().flatMap(node -> Stream.of(node.start(), node.end())),
            cluster.pods().stream().flatMap(pod -> Stream.of(pod.start(), pod.end())))
        .filter(second -> from <= second && second < to)
        .forEach(changes::add);
    return changes;
  }

  /**
   * Counters of containers keep the beat, and begin with 0: rates extrapolate from the usual
   * distance of samples, so more samples now and then would make them wrong. Rows that no rate
   * reads are written like gauges.
   */
  private void writeCadvisor(
      long second, boolean beat, OpenMetricsFile file, GaugeHistory slowRows) {
    Map<String, Double> slow = new HashMap<>();
    for (SimNode node : cluster.nodesAt(second)) {
      for (CadvisorSample row : CadvisorRows.of(cluster, node, second)) {
        List<String> labels = new ArrayList<>(row.labels());
        labels.addAll(List.of("job", "cadvisor", "instance", node.name(), "node", node.name()));
        String series = SeriesText.of(row.metric(), labels);
        if (row.isContainerCounter()) {
          if (beat || row.value() == 0) {
            file.sample(series, row.value(), second);
          }
        } else {
          slow.put(series, row.value());
        }
      }
    }
    slowRows.write(slow, second);
  }
}
