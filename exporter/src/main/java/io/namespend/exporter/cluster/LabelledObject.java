package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
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
  static Optional<LabelledObject> of(HasMetadata object, LabelFilter filter) {
    if (object instanceof Namespace) {
      return Optional.of(
          labelled(object, object.getMetadata().getName(), Optional.empty(), filter));
    }
    String kind = object.getKind().toLowerCase(Locale.ROOT);
    if (!WORKLOADS.contains(kind) || isOfCronJob(object)) {
      return Optional.empty();
    }
    Map<String, String> template =
        template(object)
            .map(PodTemplateSpec::getMetadata)
            .map(metadata -> filter.kept(metadata.getLabels()))
            .orElse(Map.of());
    return Optional.of(
        labelled(object, object.getMetadata().getNamespace(), Optional.of(template), filter));
  }

  private static LabelledObject labelled(
      HasMetadata object,
      String namespace,
      Optional<Map<String, String>> templateLabels,
      LabelFilter filter) {
    return new LabelledObject(
        object.getKind().toLowerCase(Locale.ROOT),
        namespace,
        object.getMetadata().getName(),
        filter.kept(object.getMetadata().getLabels()),
        templateLabels);
  }

  private static boolean isOfCronJob(HasMetadata object) {
    return OwnerRef.of(object.getMetadata())
        .filter(owner -> owner.kind().equals("CronJob"))
        .isPresent();
  }

  /** Empty where the object leaves it out, which the API would refuse. */
  private static Optional<PodTemplateSpec> template(HasMetadata object) {
    if (object instanceof Deployment deployment) {
      return Optional.ofNullable(deployment.getSpec()).map(DeploymentSpec::getTemplate);
    }
    if (object instanceof StatefulSet statefulSet) {
      return Optional.ofNullable(statefulSet.getSpec()).map(StatefulSetSpec::getTemplate);
    }
    if (object instanceof DaemonSet daemonSet) {
      return Optional.ofNullable(daemonSet.getSpec()).map(DaemonSetSpec::getTemplate);
    }
    if (object instanceof Job job) {
      return Optional.ofNullable(job.getSpec()).map(JobSpec::getTemplate);
    }
    return object instanceof CronJob cronJob
        ? Optional.ofNullable(cronJob.getSpec())
            .map(CronJobSpec::getJobTemplate)
            .map(JobTemplateSpec::getSpec)
            .map(JobSpec::getTemplate)
        : Optional.empty();
  }
}
