package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A cluster read once, with the objects whose labels say who owns what.
 *
 * @param snapshot has no nodes where these could not be read
 * @param objects that people labelled, or did not
 */
public record SurveyedCluster(ClusterSnapshot snapshot, List<LabelledObject> objects) {
  public SurveyedCluster {
    requireNonNull(snapshot, "snapshot");
    objects = List.copyOf(objects);
  }
}
