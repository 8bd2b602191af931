package io.namespend.exporter.audit;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.audit.Audited.Check;
import io.namespend.exporter.cluster.LabelledObject;
import io.namespend.exporter.cluster.SurveyedCluster;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.OwnerSource;
import io.namespend.exporter.policy.owner.Ownership;
import io.namespend.exporter.price.NodeCeilings;
import io.namespend.exporter.price.PricedNode;
import io.namespend.exporter.price.ResourceRates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at all namespaces and workloads of a cluster, at those that were read and at others. */
final class Auditor {
  private static final String NAMESPACE = "namespace";

  private final AppliedPolicy applied;
  private final Ownership ownership;
  private final Map<String, NamespaceTerms> terms;
  private final Map<String, LabelledObject> namespaceObjects;
  private final Map<Workload, LabelledObject> workloadObjects;
  private final Map<Workload, Double> costs;

  Auditor(SurveyedCluster cluster, AppliedPolicy applied, List<PricedNode> nodes) {
    this.applied = applied;
    ownership = applied.policy().ownership();
    terms =
        applied.namespaces().stream()
            .collect(Collectors.toMap(NamespaceTerms::namespace, Function.identity()));
    namespaceObjects =
        cluster.objects().stream()
            .filter(object -> object.kind().equals(NAMESPACE))
            .collect(
                Collectors.toMap(
                    LabelledObject::name, Function.identity(), (first, again) -> again));
    workloadObjects =
        cluster.objects().stream()
            .filter(object -> !object.kind().equals(NAMESPACE))
            .collect(
                Collectors.toMap(Auditor::workload, Function.identity(), (first, again) -> again));
    costs = costs(cluster, nodes);
  }

  Stream<Audited> namespaces() {
    Map<String, Double> byNamespace =
        costs.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().namespace(),
                    Collectors.summingDouble(Map.Entry::getValue)));
    return applied.namespaces().stream()
        .map(
            namespace ->
                audited(
                    new Workload(namespace.namespace(), NAMESPACE, namespace.namespace()),
                    Optional.ofNullable(namespaceObjects.get(namespace.namespace())),
                    namespace.owner(),
                    byNamespace.getOrDefault(namespace.namespace(), 0.0)));
  }

  /** Those that have pods, and those that were read and have none now. */
  Stream<Audited> workloads() {
    return Stream.concat(applied.workloads().keySet().stream(), workloadObjects.keySet().stream())
        .distinct()
        .map(
            workload ->
                audited(
                    workload,
                    Optional.ofNullable(workloadObjects.get(workload)),
                    owner(workload),
                    costs.getOrDefault(workload, 0.0)));
  }

  Stream<ForeignWorkload> foreign() {
    return applied.foreign().entrySet().stream()
        .map(
            entry -> {
              Workload workload = entry.getKey();
              return new ForeignWorkload(
                  workload,
                  entry.getValue(),
                  requireNonNull(terms.get(workload.namespace())).owner(),
                  requireNonNull(applied.workloads().get(workload)),
                  costs.getOrDefault(workload, 0.0));
            });
  }

  /**
   * Whom labels name, which is what an audit of labels is about; {@link #foreign} says who pays.
   */
  private Owner owner(Workload workload) {
    Owner claimed = applied.foreign().get(workload);
    Owner ofPods = claimed == null ? applied.workloads().get(workload) : claimed;
    if (ofPods != null) {
      return ofPods;
    }
    NamespaceTerms namespace = terms.get(workload.namespace());
    Owner inherited =
        namespace == null ? ownership.ofNamespace(Map.of(), Map.of()) : namespace.owner();
    LabelledObject object = workloadObjects.get(workload);
    if (object == null) {
      return inherited;
    }
    Map<String, String> labels = new HashMap<>(object.templateLabels().orElse(Map.of()));
    labels.putAll(object.labels());
    return ownership.claimed(labels, inherited);
  }

  private Audited audited(
      Workload subject, Optional<LabelledObject> object, Owner owner, double hourlyCost) {
    Check check = check(subject, object);
    return new Audited(
        subject.type(),
        subject.namespace(),
        subject.name(),
        check,
        check == Check.UNCHECKED
            ? nobodys(owner)
            : object.map(read -> missing(read.labels())).orElse(Set.of()),
        object.flatMap(LabelledObject::templateLabels).map(this::missing).orElse(Set.of()),
        owner,
        hourlyCost);
  }

  private static Check check(Workload subject, Optional<LabelledObject> object) {
    if (object.isPresent()) {
      return Check.CHECKED;
    }
    return subject.type().equals(NAMESPACE) || LabelledObject.WORKLOADS.contains(subject.type())
        ? Check.UNSEEN
        : Check.UNCHECKED;
  }

  private Set<OwnerPart> missing(Map<String, String> labels) {
    return required(part -> ownership.named(part, labels).isEmpty());
  }

  private static Set<OwnerPart> nobodys(Owner owner) {
    return required(part -> owner.part(part).source() == OwnerSource.DEFAULT);
  }

  private static Set<OwnerPart> required(Predicate<OwnerPart> which) {
    return LabelAudit.REQUIRED.stream().filter(which).collect(Collectors.toSet());
  }

  private static Workload workload(LabelledObject object) {
    return new Workload(object.namespace(), object.kind(), object.name());
  }

  private static Map<Workload, Double> costs(SurveyedCluster cluster, List<PricedNode> nodes) {
    Map<String, ResourceRates> rates =
        nodes.stream().collect(Collectors.toMap(node -> node.node().name(), PricedNode::rates));
    Map<Workload, Double> costs = new HashMap<>();
    for (Pod pod : new NodeCeilings(nodes).applied(cluster.snapshot().pods())) {
      ResourceRates rate = rates.get(pod.node());
      if (rate != null) {
        costs.merge(pod.workload(), rate.cost(pod.request()), Double::sum);
      }
    }
    return costs;
  }
}
