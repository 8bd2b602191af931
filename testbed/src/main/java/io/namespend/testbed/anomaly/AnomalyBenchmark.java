package io.namespend.testbed.anomaly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.Rule;
import io.namespend.testbed.rules.RuleLayers;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plants anomalies in simulated weeks and looks which of them the shipped rules find. */
public final class AnomalyBenchmark {
  private static final String LIMIT = "namespend:anomaly:limit";

  private final Tools tools;
  private final List<Rule> recording;
  private final List<Rule> alerts;

  /**
   * @param rules folder of the manifests
   * @param thresholds those that shall differ from the shipped ones, by their label {@code limit}
   * @throws IllegalArgumentException for a limit that is not there
   */
  public AnomalyBenchmark(Tools tools, Path rules, Map<String, Double> thresholds) {
    this.tools = tools;
    RuleManifests manifests = new RuleManifests(rules);
    recording = manifests.recordingRules().stream().filter(AnomalyBenchmark::isOurs).toList();
    alerts = manifests.alerts().stream().filter(AnomalyBenchmark::isOurs).toList();
    set(thresholds);
  }

  private static boolean isOurs(Rule rule) {
    return rule.group().startsWith("namespend-anom");
  }

  private void set(Map<String, Double> thresholds) {
    Set<String> unknown = new HashSet<>(thresholds.keySet());
    for (Rule rule : recording) {
      String limit = rule.body().path("labels").path("limit").asText();
      if (rule.name().equals(LIMIT) && thresholds.containsKey(limit)) {
        ((ObjectNode) rule.body()).put("expr", "vector(" + thresholds.get(limit) + ")");
        unknown.remove(limit);
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          LIMIT + " has no limit " + unknown + "; 60-anomaly-thresholds.yaml has those there are");
    }
  }

  /**
   * Simulates one past.
   *
   * @param folder for data and logs; must be empty
   */
  public AnomalyScore run(long seed, Path folder) {
    SimulatedSpend spend = new SimulatedSpend(seed);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path samples = folder.resolve("spend.txt");
    SpendFile.write(spend, samples);
    RulesOfThePast past = new RulesOfThePast(tools, folder);
    past.load(samples);
    past.record(new RuleLayers(recording));
    return new AnomalyScore(spend, past.firings(alerts));
  }
}
