package io.namespend.exporter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Labels and money of a dump, counted from its text without the exporter's code. */
final class LabelCount {
  /** Who a workload's money is attributed by. */
  enum By {
    Workload,
    Namespace,
    Nobody
  }

  /** Price of a core and of a GiB on a node for one hour. */
  @FunctionalInterface
  interface Rates {
    double[] of(String node);
  }

  private static final Set<String> KINDS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob");

  private final Map<String, JsonNode> namespaces = new HashMap<>();
  private final Map<String, JsonNode> workloads = new HashMap<>();
  private final Map<String, JsonNode> owned = new HashMap<>();
  private final List<JsonNode> pods = new ArrayList<>();

  LabelCount(Iterable<JsonNode> items) {
    for (JsonNode item : items) {
      String kind = item.path("kind").asText();
      JsonNode metadata = item.path("metadata");
      if (kind.equals("Namespace")) {
        namespaces.put(metadata.path("name").asText(), item);
      } else if (kind.equals("Pod")) {
        pods.add(item);
      } else if (!metadata.path("ownerReferences").isEmpty()) {
        owned.put(key(item, kind, metadata.path("name").asText()), item);
      } else if (KINDS.contains(kind)) {
        workloads.put(key(item, kind, metadata.path("name").asText()), item);
      }
    }
  }

  int namespaces() {
    return namespaces.size();
  }

  int workloads() {
    return workloads.size();
  }

  int namespacesWith(Collection<String> labels) {
    return (int)
        namespaces.values().stream().filter(namespace -> hasAll(labels(namespace), labels)).count();
  }

  int workloadsWith(Collection<String> labels) {
    return (int)
        workloads.values().stream()
            .filter(
                workload ->
                    hasAll(labels(workload), labels) && hasAll(templateLabels(workload), labels))
            .count();
  }

  /** Workloads with pods that neither themselves nor their namespace are labelled. */
  int runningWithout(String label) {
    Set<String> running = new HashSet<>();
    pods.forEach(pod -> running.add(workloadOf(pod)));
    return (int) running.stream().filter(key -> by(key, List.of(label)) == By.Nobody).count();
  }

  double money(By by, List<String> labels, Rates rates) {
    double money = 0;
    for (JsonNode pod : pods) {
      if (by(workloadOf(pod), labels) == by) {
        double[] rate = rates.of(pod.path("spec").path("nodeName").asText());
        JsonNode requests =
            pod.path("spec").path("containers").path(0).path("resources").path("requests");
        money += number(requests, "cpu", "m") / 1000 * rate[0];
        money += number(requests, "memory", "Mi") / 1024 * rate[1];
      }
    }
    return money;
  }

  /** The weakest of several labels. */
  private By by(String workload, List<String> labels) {
    By weakest = By.Workload;
    for (String label : labels) {
      JsonNode object = workloads.get(workload);
      boolean own =
          object != null
              && (hasAll(labels(object), List.of(label))
                  || hasAll(templateLabels(object), List.of(label)));
      boolean inherited =
          hasAll(
              labels(
                  namespaces.getOrDefault(
                      workload.substring(0, workload.indexOf('/')), MissingNode.getInstance())),
              List.of(label));
      By one = own ? By.Workload : inherited ? By.Namespace : By.Nobody;
      weakest = one.compareTo(weakest) > 0 ? one : weakest;
    }
    return weakest;
  }

  private String workloadOf(JsonNode pod) {
    JsonNode object = pod;
    String key = "";
    while (object != null) {
      JsonNode owner = object.path("metadata").path("ownerReferences").path(0);
      key = key(pod, owner.path("kind").asText(), owner.path("name").asText());
      object = owned.get(key);
    }
    return key;
  }

  private static String key(JsonNode object, String kind, String name) {
    return object.path("metadata").path("namespace").asText() + "/" + kind + "/" + name;
  }

  private static JsonNode labels(JsonNode object) {
    return object.path("metadata").path("labels");
  }

  private static JsonNode templateLabels(JsonNode workload) {
    JsonNode spec = workload.path("spec");
    JsonNode job = spec.path("jobTemplate").path("spec");
    return (job.isObject() ? job : spec).path("template").path("metadata").path("labels");
  }

  private static boolean hasAll(JsonNode labels, Collection<String> wanted) {
    return wanted.stream().noneMatch(label -> labels.path(label).asText().isEmpty());
  }

  private static double number(JsonNode requests, String resource, String unit) {
    return Double.parseDouble(requests.path(resource).asText().replace(unit, ""));
  }
}
