package io.namespend.testbed.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.namespend.testbed.simulation.SimWorkload;
import java.util.Optional;

/** Workloads as people apply them, with what matters for costs: names and labels. */
final class WorkloadObjects {
  private WorkloadObjects() {}

  /** Empty for a pod that nobody manages. */
  static Optional<HasMetadata> of(SimWorkload workload) {
    ObjectMeta metadata =
        new ObjectMetaBuilder()
            .withNamespace(workload.namespace())
            .withName(workload.name())
            .withLabels(workload.labels())
            .build();
    PodTemplateSpec template =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(workload.templateLabels())
            .endMetadata()
            .build();
    return switch (workload.kind()) {
      case "Deployment" ->
          Optional.of(
              new DeploymentBuilder()
                  .withMetadata(metadata)
                  .withNewSpec()
                  .withTemplate(template)
                  .endSpec()
                  .build());
      case "StatefulSet" ->
          Optional.of(
              new StatefulSetBuilder()
                  .withMetadata(metadata)
                  .withNewSpec()
                  .withTemplate(template)
                  .endSpec()
                  .build());
      case "DaemonSet" ->
          Optional.of(
              new DaemonSetBuilder()
                  .withMetadata(metadata)
                  .withNewSpec()
                  .withTemplate(template)
                  .endSpec()
                  .build());
      case "CronJob" ->
          Optional.of(
              new CronJobBuilder()
                  .withMetadata(metadata)
                  .withNewSpec()
                  .withNewJobTemplate()
                  .withNewSpec()
                  .withTemplate(template)
                  .endSpec()
                  .endJobTemplate()
                  .endSpec()
                  .build());
      default -> Optional.empty();
    };
  }
}
