package io.namespend.exporter.cluster.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.store.Held;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When a pod holds its request on its node: from the moment it is scheduled, whether its images are
 * there or not, until its last container finished, which is when the scheduler frees the request,
 * or until it is deleted. Times are the API's, in whole seconds since 1970.
 *
 * <p>Source: Kubernetes documentation, "Pod Lifecycle".
 */
public final class PodTimes {
  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  /** What Kubernetes gives a pod to end that does not say how long it takes. */
  private static final long GRACE_SECONDS = 30;

  private final JsonNode metadata;
  private final JsonNode spec;
  private final JsonNode status;

  PodTimes(JsonNode pod) {
    metadata = Fields.object(pod, "metadata");
    spec = Fields.object(pod, "spec");
    status = Fields.object(pod, "status");
  }

  boolean isFinished() {
    return FINISHED.contains(Fields.text(status, "phase"));
  }

  /**
   * Empty for a pod that never held anything: not scheduled, although it names a node, or rejected
   * by its node.
   */
  Optional<Long> since() {
    OptionalLong scheduled = transition("PodScheduled", true);
    OptionalLong started = seconds(status, "startTime");
    String phase = Fields.text(status, "phase");
    if (started.isEmpty()
        && (phase.equals("Failed") || (phase.equals("Pending") && scheduled.isEmpty()))) {
      return Optional.empty();
    }
    if (scheduled.isPresent()) {
      return Optional.of(scheduled.getAsLong());
    }
    return Optional.of(
        started.isPresent() ? started.getAsLong() : creation(metadata).orElse(Held.UNKNOWN));
  }

  /** When it finished; at most when it was heard of where it does not say. */
  long finished(long heard) {
    OptionalLong containers = containersFinished();
    if (containers.isPresent()) {
      return containers.getAsLong();
    }
    long latest = Held.UNKNOWN;
    for (String condition : List.of("Ready", "ContainersReady", "DisruptionTarget")) {
      OptionalLong changed = transition(condition, condition.equals("DisruptionTarget"));
      if (changed.isPresent()) {
        latest = Math.max(latest, changed.getAsLong());
      }
    }
    return latest == Held.UNKNOWN ? seconds(metadata, "deletionTimestamp").orElse(heard) : latest;
  }

  /**
   * When it was gone, from its last state: when its containers finished, if all did, else at most
   * when its time to end was over.
   */
  public static long deleted(JsonNode pod, long heard) {
    PodTimes times = new PodTimes(pod);
    OptionalLong containers = times.containersFinished();
    if (containers.isPresent()) {
      return Math.min(heard, containers.getAsLong());
    }
    if (times.isFinished()) {
      return Math.min(heard, times.finished(heard));
    }
    OptionalLong deletion = seconds(times.metadata, "deletionTimestamp");
    return deletion.isEmpty() ? heard : Math.min(heard, deletion.getAsLong() + times.grace());
  }

  /** When an object was created. */
  public static OptionalLong creation(JsonNode metadata) {
    return seconds(metadata, "creationTimestamp");
  }

  private long grace() {
    String own = Fields.text(metadata, "deletionGracePeriodSeconds");
    String usual = Fields.text(spec, "terminationGracePeriodSeconds");
    return Math.max(number(own, 0), number(usual, GRACE_SECONDS));
  }

  private static long number(String text, long otherwise) {
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : otherwise;
  }

  /** Empty while one runs or does not say when it finished. */
  private OptionalLong containersFinished() {
    List<JsonNode> containers = new ArrayList<>(Fields.objects(status, "containerStatuses"));
    if (containers.isEmpty()) {
      return OptionalLong.empty();
    }
    containers.addAll(Fields.objects(status, "initContainerStatuses"));
    long last = Held.UNKNOWN;
    for (JsonNode container : containers) {
      JsonNode terminated = Fields.object(Fields.object(container, "state"), "terminated");
      OptionalLong finished = seconds(terminated, "finishedAt");
      if (finished.isEmpty()) {
        return OptionalLong.empty();
      }
      last = Math.max(last, finished.getAsLong());
    }
    return OptionalLong.of(last);
  }

  private OptionalLong transition(String type, boolean to) {
    for (JsonNode condition : Fields.objects(status, "conditions")) {
      if (Fields.text(condition, "type").equals(type)
          && Fields.text(condition, "status").equals(to ? "True" : "False")) {
        return seconds(condition, "lastTransitionTime");
      }
    }
    return OptionalLong.empty();
  }

  /** Empty also for what is no time, which an API server does not serve. */
  private static OptionalLong seconds(JsonNode parent, String field) {
    String text = Fields.text(parent, field);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Instant.parse(text).getEpochSecond());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
