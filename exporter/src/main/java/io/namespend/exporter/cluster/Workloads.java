package io.namespend.exporter.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the workload of a pod: pod -> ReplicaSet -> Deployment, pod -> Job -> CronJob, or whatever
 * controls it.
 *
 * @param replicaSetOwners owners of the ReplicaSets that are known, by {@code namespace/name}
 * @param jobOwners the same for Jobs
 */
record Workloads(
    Map<String, Optional<OwnerRef>> replicaSetOwners, Map<String, Optional<OwnerRef>> jobOwners) {

  /** CronJobs name their Jobs with the scheduled time in minutes since 1970. */
  private static final Pattern SCHEDULED_JOB = Pattern.compile("(.+)-\\d{8}");

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
    Optional<OwnerRef> parent =
        replicaSetOwners.getOrDefault(key(pod, replicaSet), Optional.empty());
    if (parent.isPresent()) {
      return workload(pod, parent.get());
    }
    boolean known = replicaSetOwners.containsKey(key(pod, replicaSet));
    String suffix = "-" + pod.templateHash();
    // A dump without ReplicaSets, or one that arrives later: the hash label betrays a Deployment.
    return !known && !pod.templateHash().isEmpty() && replicaSet.name().endsWith(suffix)
        ? new Workload(pod.namespace(), "deployment", withoutSuffix(replicaSet.name(), suffix))
        : workload(pod, replicaSet);
  }

  private Workload ofJob(PodFacts pod, OwnerRef job) {
    Optional<OwnerRef> parent = jobOwners.getOrDefault(key(pod, job), Optional.empty());
    if (parent.isPresent()) {
      return workload(pod, parent.get());
    }
    var scheduled = SCHEDULED_JOB.matcher(job.name());
    return !jobOwners.containsKey(key(pod, job)) && scheduled.matches()
        ? new Workload(pod.namespace(), "cronjob", scheduled.group(1))
        : workload(pod, job);
  }

  private static Workload workload(PodFacts pod, OwnerRef owner) {
    return new Workload(pod.namespace(), owner.kind().toLowerCase(Locale.ROOT), owner.name());
  }

  private static String key(PodFacts pod, OwnerRef owner) {
    return pod.namespace() + "/" + owner.name();
  }

  private static String withoutSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
