package io.namespend.testbed.benchmark;

import java.io.IOException;
import java.io.Writer;

/** Writes samples in the text format. */
final class Series {
  private final Writer out;

  Series(Writer out) {
    this.out = out;
  }

  /**
   * @param labels alternating names and values that need no escapes
   */
  void add(String name, double value, String... labels) throws IOException {
    out.append(name);
    String separator = "{";
    for (int i = 0; i < labels.length; i += 2) {
      out.append(separator).append(labels[i]).append("=\"").append(labels[i + 1]).append('"');
      separator = ",";
    }
    out.append(labels.length == 0 ? " " : "} ").append(Double.toString(value)).append('\n');
  }
}
