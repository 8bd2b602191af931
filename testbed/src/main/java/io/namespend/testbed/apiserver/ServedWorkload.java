package io.namespend.testbed.apiserver;

import java.util.List;
import java.util.Locale;

/**
 * A workload of the cluster by its number: 14 of 20 are Deployments, the others StatefulSets,
 * DaemonSets, Jobs and CronJobs.
 */
record ServedWorkload(int number, ClusterSize size) {
  static final List<String> KINDS =
      List.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob");

  String kind() {
    return switch (number % 20) {
      case 14, 15 -> "StatefulSet";
      case 16 -> "DaemonSet";
      case 17 -> "Job";
      case 18, 19 -> "CronJob";
      default -> "Deployment";
    };
  }

  /** Of a Job one that does not look generated, or all Jobs of a namespace were one workload. */
  String name() {
    return "service-" + number + (kind().equals("Job") ? "-import" : "");
  }

  String namespace() {
    return namespace(number % size.namespaces());
  }

  static String namespace(int number) {
    return "team-" + number + "-production";
  }

  String team() {
    return team(number % size.namespaces());
  }

  static String team(int namespace) {
    return "team-" + namespace % 200;
  }

  /**
   * Names of the ReplicaSets of a Deployment and of the Jobs of a CronJob, old ones too; pods
   * belong to the first.
   */
  List<String> objectsBetween() {
    return switch (kind()) {
      case "Deployment" ->
          List.of(name() + "-" + hash(), name() + "-6b8f7c9d4e", name() + "-5d4c8b7f69");
      case "CronJob" -> List.of(name() + "-29390400", name() + "-29388960", name() + "-29387520");
      default -> List.of();
    };
  }

  String hash() {
    return Integer.toHexString(number * 31 + 0x7a00000);
  }

  /** The kind of what its pods belong to. */
  String ownerKind() {
    return switch (kind()) {
      case "Deployment" -> "ReplicaSet";
      case "CronJob" -> "Job";
      default -> kind();
    };
  }

  String ownerName() {
    List<String> between = objectsBetween();
    return between.isEmpty() ? name() : between.get(0);
  }

  /** As the exporter's labels say it. */
  String type() {
    return kind().toLowerCase(Locale.ROOT);
  }

  static String apiVersion(String kind) {
    return kind.equals("Job") || kind.equals("CronJob") ? "batch/v1" : "apps/v1";
  }
}
