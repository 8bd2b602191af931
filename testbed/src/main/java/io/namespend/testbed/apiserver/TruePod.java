package io.namespend.testbed.apiserver;

import java.util.List;

/**
 * A pod that holds resources of a node.
 *
 * @param type of the workload, as the exporter's labels say it
 */
public record TruePod(
    String namespace, String name, String node, String type, String workload, long milliCores) {

  String line() {
    return String.join(" ", namespace, name, node, type, workload, Long.toString(milliCores));
  }

  /** Reads what {@link #line()} gives. */
  public static TruePod of(String line) {
    List<String> words = List.of(line.split(" ", -1));
    return new TruePod(
        words.get(0),
        words.get(1),
        words.get(2),
        words.get(3),
        words.get(4),
        Long.parseLong(words.get(5)));
  }
}
