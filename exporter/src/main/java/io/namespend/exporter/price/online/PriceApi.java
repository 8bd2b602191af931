package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.ClusterSnapshot;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A provider's way to be asked for prices. */
interface PriceApi {
  /** What has to be asked to price this cluster, each as a line that {@link #ask} understands. */
  Set<String> questions(ClusterSnapshot cluster);

  /**
   * Asks, with as many calls as the answer has pages.
   *
   * @return prices by {@link #key}; empty if the provider knows none
   * @throws IOException if the provider did not answer, or not in its documented form
   */
  Map<String, Double> ask(String question) throws IOException, InterruptedException;

  /**
   * Without case: Azure's nodes and price list write the same size in different ways.
   *
   * @param place region or zone
   */
  static String key(String place, String item) {
    return (place + " " + item).toLowerCase(Locale.ROOT);
  }
}
