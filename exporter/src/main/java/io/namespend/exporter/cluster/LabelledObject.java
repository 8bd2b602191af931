package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.LabelFilter;
import io.namespend.exporter.cluster.pod.OwnerRef;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A namespace or workload with the labels that its author wrote: what an admission policy sees of
 * it.
 *
 * @param kind in lower case
 * @param namespace that the object is in; a namespace's own name
 * @param labels of the object, only those that are asked for
 * @param templateLabels of its pods' template; empty for a namespace, which has none
 */
public record LabelledObject(
    String kind,
    String namespace,
    String name,
    Map<String, String> labels,
    Optional<Map<String, String>> templateLabels) {
  /** The kinds of workloads that people write. */
  public static final Set<String> WORKLOADS =
      Set.of("deployment", "statefulset", "daemonset", "job", "cronjob");

  public LabelledObject {
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
    labels = Map.copyOf(labels);
    templateLabels = templateLabels.map(Map::copyOf);
  }

  /**
   * Empty for all other kinds, and for a Job that a CronJob made: that is not anyone's to label.
   */
  static Optional<LabelledObject> of(Kind kind, JsonNode object, LabelFilter filter) {
    JsonNode metadata = Fields.object(object, "metadata");
    String name = Fields.text(metadata, "name");
    String lowerCase = kind.singular().toLowerCase(Locale.ROOT);
    if (kind == Kind.NAMESPACES) {
      return Optional.of(
          new LabelledObject(lowerCase, name, name, filter.kept(metadata), Optional.empty()));
    }
    if (!WORKLOADS.contains(lowerCase) || isOfCronJob(metadata)) {
      return Optional.empty();
    }
    return Optional.of(
        new LabelledObject(
            lowerCase,
            Fields.text(metadata, "namespace"),
            name,
            filter.kept(metadata),
            Optional.of(filter.kept(templateMetadata(kind, object)))));
  }

  private static boolean isOfCronJob(JsonNode metadata) {
    return OwnerRef.of(metadata).filter(owner -> owner.kind().equals("CronJob")).isPresent();
  }

  /** Missing where the object leaves it out, which the API would refuse. */
  private static JsonNode templateMetadata(Kind kind, JsonNode object) {
    JsonNode spec = Fields.object(object, "spec");
    if (kind == Kind.CRONJOBS) {
      spec = Fields.object(Fields.object(spec, "jobTemplate"), "spec");
    }
    return Fields.object(Fields.object(spec, "template"), "metadata");
  }
}
