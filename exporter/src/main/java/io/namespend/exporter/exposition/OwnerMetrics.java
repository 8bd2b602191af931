package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.OwnerSource;
import io.namespend.foundation.settings.Constant;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Who owns workloads, and what nobody named an owner of. */
final class OwnerMetrics {
  private OwnerMetrics() {}

  static List<MetricSnapshot> of(AppliedPolicy applied) {
    List<Owner> namespaces = applied.namespaces().stream().map(NamespaceTerms::owner).toList();
    return List.of(
        workloads(applied.workloads()),
        foreign(applied),
        defaults(applied.policy().ownership().defaults()),
        without(
            "namespend_namespaces_without_label",
            "[STABLE] Namespaces whose owner is the policy's default, because no annotation or"
                + " label names one.",
            namespaces),
        without(
            "namespend_workloads_without_label",
            "[STABLE] Workloads whose owner is the policy's default, because neither their labels"
                + " nor their namespace name one.",
            applied.namedOwners()));
  }

  private static MetricSnapshot workloads(Map<Workload, Owner> owners) {
    var info =
        new InfoFamily(
            "namespend_workload_owner",
            "[STABLE] Who is charged for the workload: by its labels as far as the policy lets"
                + " them, else its namespace, else the policy's defaults; owner_source says what"
                + " named the team.",
            "namespace",
            "workload_type",
            "workload",
            "team",
            "cost_center",
            "environment",
            "product",
            "owner_source");
    owners.forEach(
        (workload, owner) ->
            info.add(
                workload.namespace(),
                workload.type(),
                workload.name(),
                owner.team().value(),
                owner.costCenter().value(),
                owner.environment().value(),
                owner.product().value(),
                owner.team().source().text()));
    return info.snapshot();
  }

  private static MetricSnapshot foreign(AppliedPolicy applied) {
    var info =
        new InfoFamily(
            "namespend_foreign_workload",
            "[STABLE] A workload whose labels name another team or cost center than its namespace"
                + " does, the owner they name, and how the policy treats it: own, report or allow.",
            "namespace",
            "workload_type",
            "workload",
            "team",
            "cost_center",
            "policy");
    String policy = Constant.text(applied.policy().ownership().workloads());
    applied
        .foreign()
        .forEach(
            (workload, claimed) ->
                info.add(
                    workload.namespace(),
                    workload.type(),
                    workload.name(),
                    claimed.team().value(),
                    claimed.costCenter().value(),
                    policy));
    return info.snapshot();
  }

  private static MetricSnapshot defaults(Map<OwnerPart, String> defaults) {
    var info =
        new InfoFamily(
            "namespend_owner_default",
            "[STABLE] The owner of whatever names none. From the policy.",
            List.of(OwnerPart.values()).stream()
                .map(OwnerPart::metricLabel)
                .toArray(String[]::new));
    info.add(List.of(OwnerPart.values()).stream().map(defaults::get).toArray(String[]::new));
    return info.snapshot();
  }

  private static MetricSnapshot without(String name, String help, Collection<Owner> owners) {
    var counts = new GaugeFamily(name, help, "label");
    for (OwnerPart part : OwnerPart.values()) {
      long count =
          owners.stream().filter(owner -> owner.part(part).source() == OwnerSource.DEFAULT).count();
      counts.add((double) count, part.metricLabel());
    }
    return counts.snapshot();
  }
}
