package io.namespend.exporter.cluster.pod;

import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.store.KeyedRecords;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the workload of a pod: pod -> ReplicaSet -> Deployment, pod -> Job -> CronJob, or whatever
 * controls it.
 *
 * @param objects what is known of the objects of each kind, by their keys
 * @param changes how often any of them was new, different, or gone
 * @param folding which Jobs are one workload
 */
public record Workloads(
    Map<Kind, KeyedRecords<WorkloadObject>> objects, long changes, WorkloadFolding folding) {
  /** The kinds that say whose a pod is. */
  public static final Set<Kind> KINDS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Kind.DEPLOYMENTS,
              Kind.REPLICASETS,
              Kind.STATEFULSETS,
              Kind.DAEMONSETS,
              Kind.JOBS,
              Kind.CRONJOBS));

  /** CronJobs name their Jobs with the scheduled time in minutes since 1970. */
  private static final Pattern SCHEDULED_JOB = Pattern.compile("(.+)-\\d{8}");

  Workloads(Map<Kind, KeyedRecords<WorkloadObject>> objects, long changes) {
    this(objects, changes, WorkloadFolding.USUAL);
  }

  /** Labels of the workloads that have any. */
  Map<Workload, Map<String, String>> labels() {
    Map<Workload, Map<String, String>> labels = new HashMap<>();
    objects.forEach(
        (kind, byKey) -> {
          String type = kind.singular().toLowerCase(Locale.ROOT);
          byKey.forEach(
              (key, object) -> {
                if (object.isPresent() && !object.get().labels().isEmpty()) {
                  labels.put(
                      new Workload(key.namespace(), type, key.name()), object.get().labels());
                }
              });
        });
    return labels;
  }

  Workload of(PodFacts pod) {
    if (pod.owner().isEmpty()) {
      return new Workload(pod.namespace(), "pod", pod.name());
    }
    OwnerRef owner = pod.owner().get();
    return switch (owner.kind()) {
      case "ReplicaSet" -> ofReplicaSet(pod, owner);
      case "Job" -> ofJob(pod, owner);
      // The mirror of a static pod is owned by its node; the name ends with the node's.
      case "Node" ->
          new Workload(pod.namespace(), "staticpod", withoutSuffix(pod.name(), "-" + owner.name()));
      default -> workload(pod, owner);
    };
  }

  private Workload ofReplicaSet(PodFacts pod, OwnerRef replicaSet) {
    Optional<WorkloadObject> known = find(Kind.REPLICASETS, pod, replicaSet);
    String suffix = "-" + pod.templateHash();
    // A dump without ReplicaSets, or one that arrives later: the hash label betrays a Deployment.
    return known == null && !pod.templateHash().isEmpty() && replicaSet.name().endsWith(suffix)
        ? new Workload(pod.namespace(), "deployment", withoutSuffix(replicaSet.name(), suffix))
        : ownerOrItself(pod, replicaSet, known);
  }

  private Workload ofJob(PodFacts pod, OwnerRef job) {
    Optional<WorkloadObject> known = find(Kind.JOBS, pod, job);
    var scheduled = SCHEDULED_JOB.matcher(job.name());
    return known == null && scheduled.matches()
        ? new Workload(pod.namespace(), "cronjob", scheduled.group(1))
        : ofJobOrParent(pod, job, known);
  }

  @SuppressWarnings("NullableOptional") // as find gives it
  private Workload ofJobOrParent(
      PodFacts pod, OwnerRef job, @Nullable Optional<WorkloadObject> known) {
    Optional<WorkloadObject> object = known == null ? Optional.empty() : known;
    Map<String, String> labels =
        WorkloadLabels.overlaid(pod.labels(), object.map(WorkloadObject::labels).orElse(Map.of()));
    return workload(
        pod,
        object
            .flatMap(WorkloadObject::owner)
            .map(parent -> folding.ofOwner(parent, "", pod.labels()))
            .orElseGet(() -> folding.ofJob(job, labels)));
  }

  /** Labels of the Job that a pod is of. */
  Map<String, String> labelsOfJob(PodFacts pod) {
    return pod.owner()
        .filter(owner -> owner.kind().equals("Job"))
        .flatMap(
            job -> {
              Optional<WorkloadObject> known = find(Kind.JOBS, pod, job);
              return known == null ? Optional.<WorkloadObject>empty() : known;
            })
        .map(WorkloadObject::labels)
        .orElse(Map.of());
  }

  /** Null if it is not known; empty if nothing else is known of it. */
  @SuppressWarnings("NullableOptional") // the map tells the two apart, and is asked only once
  private @Nullable Optional<WorkloadObject> find(Kind kind, PodFacts pod, OwnerRef owner) {
    KeyedRecords<WorkloadObject> known = objects.get(kind);
    return known == null ? null : known.get(pod.namespace(), owner.name());
  }

  @SuppressWarnings("NullableOptional") // as find gives it
  private static Workload ownerOrItself(
      PodFacts pod, OwnerRef object, @Nullable Optional<WorkloadObject> known) {
    Optional<OwnerRef> parent =
        known == null ? Optional.empty() : known.flatMap(WorkloadObject::owner);
    return workload(pod, parent.orElse(object));
  }

  private static Workload workload(PodFacts pod, OwnerRef owner) {
    return new Workload(pod.namespace(), owner.kind().toLowerCase(Locale.ROOT), owner.name());
  }

  private static String withoutSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
