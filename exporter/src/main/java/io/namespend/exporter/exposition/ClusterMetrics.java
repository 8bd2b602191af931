package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.AnnotationLog;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCeilings;
import io.namespend.exporter.price.PricedCluster;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import io.namespend.exporter.price.PricedNode;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Turns a cluster, its prices and the policy into the metrics of the contract. What is as it was
 * before has the same series objects as before, so that nobody needs to write it anew. For one
 * thread.
 */
public final class ClusterMetrics {
  private final ClusterPricer pricer;
  private final Supplier<Policy> policy;
  private final RequestMetrics requests;
  private final PlaceMetrics places = new PlaceMetrics();
  private final Memo<List<PricedNode>, List<MetricSnapshot>> nodes = new Memo<>(NodeMetrics::of);
  private final Memo<List<PricedVolume>, List<MetricSnapshot>> volumes =
      new Memo<>(StorageMetrics::of);
  private final Memo<PolicyInput, AppliedPolicy> appliedPolicies = new Memo<>(PolicyInput::applied);
  private final Memo<AppliedPolicy, List<MetricSnapshot>> policies =
      new Memo<>(ClusterMetrics::ofPolicy);
  private final Memo<CustomerMetrics.Input, MetricSnapshot> customers =
      new Memo<>(CustomerMetrics::members);
  private final PublishedSums sums = new PublishedSums();
  private final AnnotationLog annotations = new AnnotationLog();

  /**
   * @param policy the one in force; read once for all series of a moment
   * @param podSeries whether to publish one series for each pod
   */
  public ClusterMetrics(ClusterPricer pricer, Supplier<Policy> policy, boolean podSeries) {
    this.pricer = pricer;
    this.policy = policy;
    requests = new RequestMetrics(podSeries);
  }

  /** Says that prices may have changed; any thread may. */
  public void reprice() {
    pricer.reprice();
  }

  /**
   * All series of one minute; the same input gives the same output.
   *
   * @param cluster its means
   * @param minute its begin, at which what is in the policy has the cost that it has then
   */
  public MetricSnapshots of(ClusterSnapshot cluster, Instant minute) {
    PricedCluster priced = pricer.price(cluster);
    AppliedPolicy applied =
        appliedPolicies.of(
            new PolicyInput(
                policy.get(),
                cluster.namespaces(),
                cluster.workloads(),
                LocalDate.ofInstant(minute, ZoneOffset.UTC)));
    annotations.log(applied.invalidAnnotations(), applied.refusedAnnotations());
    List<MetricSnapshot> families = new ArrayList<>(nodes.of(priced.nodes()));
    families.addAll(volumes.of(priced.volumes()));
    families.addAll(NetworkMetrics.of(priced));
    families.add(EstimateMetrics.of(priced));
    families.addAll(BillMetrics.of(priced));
    List<Pod> pods = new NodeCeilings(priced.nodes()).applied(cluster.pods());
    families.addAll(requests.of(pods, priced.nodes()));
    families.addAll(places.of(pods, priced.nodes(), applied));
    families.addAll(policies.of(applied));
    families.addAll(PoolMetrics.services(applied, minute));
    families.add(PolicyMetrics.bills(applied.policy(), minute));
    families.addAll(CustomerMetrics.of(applied.policy(), minute));
    families.add(
        customers.of(
            new CustomerMetrics.Input(
                applied.policy().customers(), cluster.namespaces(), cluster.workloads())));
    var shown =
        new GaugeFamily(
            "namespend_minute_timestamp_seconds",
            "[STABLE] Begin of the minute whose means are published: of nodes, requests, volumes"
                + " and load balancers.");
    shown.add((double) minute.getEpochSecond());
    families.add(shown.snapshot());
    families.add(sums.of(families));
    return new MetricSnapshots(families);
  }

  private static List<MetricSnapshot> ofPolicy(AppliedPolicy applied) {
    return Stream.of(
            PolicyMetrics.of(applied), PoolMetrics.shares(applied), OwnerMetrics.of(applied))
        .flatMap(List::stream)
        .toList();
  }

  /** What an applied policy depends on. */
  private record PolicyInput(
      Policy policy,
      List<Namespace> namespaces,
      Map<Workload, Map<String, String>> workloads,
      LocalDate today) {
    AppliedPolicy applied() {
      return AppliedPolicy.of(policy, namespaces, workloads, today);
    }
  }
}
