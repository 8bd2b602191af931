package io.namespend.exporter.cluster.pod;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.settings.Wildcard;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which one-off pods are one workload: a new name for each run would be new series for ever. Only
 * those that one owner pays for: labels that name another owner make another workload.
 *
 * @param label of pods without an owner and of custom resources; its value names their workload.
 *     Empty for none
 * @param folds of which the first that matches counts
 * @param generated whether generated ends of other names are left out
 */
public record WorkloadFolding(String label, List<Fold> folds, boolean generated) {
  /** What the policy does not change. */
  public static final WorkloadFolding USUAL = new WorkloadFolding("", List.of(), true);

  /** Each by itself. */
  public static final WorkloadFolding NONE = new WorkloadFolding("", List.of(), false);

  /** Kinds whose objects last, each under a name that somebody gave it. */
  private static final Set<String> LASTING =
      Set.of(
          "cronjob",
          "daemonset",
          "deployment",
          "deploymentconfig",
          "node",
          "replicaset",
          "replicationcontroller",
          "rollout",
          "service",
          "statefulset");

  /** Kinds whose objects each run once, so that even a short number tells only which run it is. */
  private static final Set<String> ONE_OFF =
      Set.of(
          "build",
          "ephemeralrunner",
          "job",
          "mpijob",
          "paddlejob",
          "pipelinerun",
          "pytorchjob",
          "rayjob",
          "runner",
          "sparkapplication",
          "taskrun",
          "tfjob",
          "trainjob",
          "workflow",
          "xgboostjob");

  /**
   * Pods of an owner that are one workload.
   *
   * @param ownerKind such as {@code Job}; {@code Pod} for pods without an owner
   * @param name of the owner, or of the pod without one
   * @param as name of the workload; empty for the name without its generated end
   */
  public record Fold(String ownerKind, Wildcard name, Optional<String> as) {
    public Fold {
      requireNonNull(ownerKind, "ownerKind");
      requireNonNull(name, "name");
      requireNonNull(as, "as");
    }
  }

  public WorkloadFolding {
    requireNonNull(label, "label");
    folds = List.copyOf(folds);
  }

  /** Whether objects of this kind are never folded. */
  public static boolean isLasting(String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    return LASTING.contains(lower) || lower.endsWith("set");
  }

  /**
   * The owner that stands for a pod without one, if its workload is not its own name.
   *
   * @param generateName empty if nobody generated the name
   * @param labelled value of {@link #label}; empty if it has none
   * @param ownerLabels that name who pays
   */
  Optional<OwnerRef> ofPod(
      String name, String generateName, String labelled, Map<String, String> ownerLabels) {
    String folded =
        named("Pod", name)
            .or(() -> Optional.of(labelled).filter(value -> !value.isEmpty()))
            .or(
                () ->
                    generated && !generateName.isEmpty()
                        ? Optional.of(GeneratedName.withoutSeparator(generateName))
                        : Optional.empty())
            .orElseGet(() -> stem("Pod", name));
    return folded.equals(name)
        ? Optional.empty()
        : Optional.of(new OwnerRef("Pod", paidBy(folded, ownerLabels)));
  }

  /**
   * The owner that stands for all whose pods are one workload; the same if it is alone.
   *
   * @param owner not a Job, which may be a CronJob's
   */
  OwnerRef ofOwner(OwnerRef owner, String labelled, Map<String, String> ownerLabels) {
    return isLasting(owner.kind()) ? owner : folded(owner, labelled, ownerLabels);
  }

  /** As {@link #ofOwner}, of a Job that is no CronJob's. */
  OwnerRef ofJob(OwnerRef job, Map<String, String> ownerLabels) {
    return folded(job, "", ownerLabels);
  }

  private OwnerRef folded(OwnerRef owner, String labelled, Map<String, String> ownerLabels) {
    String name =
        named(owner.kind(), owner.name())
            .or(() -> Optional.of(labelled).filter(value -> !value.isEmpty()))
            .orElseGet(() -> stem(owner.kind(), owner.name()));
    return name.equals(owner.name())
        ? owner
        : new OwnerRef(owner.kind(), paidBy(name, ownerLabels));
  }

  private Optional<String> named(String kind, String name) {
    return folds.stream()
        .filter(fold -> fold.ownerKind().equalsIgnoreCase(kind) && fold.name().matches(name))
        .findFirst()
        .map(fold -> fold.as().orElseGet(() -> stem(name, kind, true)));
  }

  private String stem(String kind, String name) {
    return generated ? stem(name, kind, ONE_OFF.contains(kind.toLowerCase(Locale.ROOT))) : name;
  }

  private static String stem(String name, String kind, boolean shortNumbers) {
    String stem = GeneratedName.stem(name, shortNumbers);
    return stem.isEmpty() ? kind.toLowerCase(Locale.ROOT) : stem;
  }

  /** Who pays is in the name: two owners are never one workload. */
  private static String paidBy(String name, Map<String, String> ownerLabels) {
    return ownerLabels.isEmpty()
        ? name
        : name + "@" + String.join(",", new TreeMap<>(ownerLabels).values());
  }
}
