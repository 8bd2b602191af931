package io.namespend.testbed.cadvisor;

import java.util.List;

/** The text form of a series. */
public final class SeriesText {
  private SeriesText() {}

  /**
   * @param labels alternating names and values; an empty value is an absent label
   */
  public static String of(String metric, List<String> labels) {
    StringBuilder text = new StringBuilder(metric).append('{');
    String separator = "";
    for (int i = 0; i < labels.size(); i += 2) {
      text.append(separator).append(labels.get(i)).append("=\"");
      text.append(
          labels.get(i + 1).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      text.append('"');
      separator = ",";
    }
    return text.append('}').toString();
  }
}
