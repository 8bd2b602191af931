package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.namespend.exporter.health.Loop;
import io.namespend.exporter.health.Loops;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows a cluster by list and watch, and keeps small records of what it sees. */
public final class WatchedCluster implements ClusterSource {
  private final KubernetesClient client;
  private final Clock clock;
  private final WatchTiming timing;
  private final KubernetesApi api;
  private final Copies copies = new Copies();
  private final Loops loops;
  private final Room room;
  private final ResolvedPods resolvedPods = new ResolvedPods(copies);
  private final WorkloadFolding folding;
  private final SyncLog log = new SyncLog();
  private final List<Reflector> reflectors = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final RecordStore<Node> nodes;
  private final RecordStore<Namespace> namespaces;
  private final RecordStore<PodFacts> pods;
  private final Map<Kind, RecordStore<WorkloadObject>> workloads = new EnumMap<>(Kind.class);
  private final RecordStore<VolumeFacts> volumes;
  private final RecordStore<Map<String, String>> storageClasses;
  private final RecordStore<BalancerFacts> services;
  private final RecordStore<BalancerFacts> ingresses;
  private final RecordStore<BalancerFacts> gateways;
  private final RecordStore<ClaimFacts> claims;
  private final RecordStore<SliceFacts> slices;
  private volatile Runnable onChange = () -> {};
  private List<Volume> knownVolumes = List.of();
  private long changesOfVolumes;

  /** Knows no spot labels but those that everybody knows. */
  public WatchedCluster(
      KubernetesClient client,
      Clock clock,
      Set<String> keptNodeLabels,
      Set<String> workloadLabels,
      WatchTiming timing) {
    this(client, clock, NodeLabels.keeping(keptNodeLabels), workloadLabels, timing);
  }

  /**
   * @param client closed with this source; must neither retry by itself nor multiplex watches on
   *     one connection, since a dead one would then take all with it
   * @param workloadLabels keys of the labels to keep of workloads and their pods
   */
  public WatchedCluster(
      KubernetesClient client,
      Clock clock,
      NodeLabels nodeLabels,
      Set<String> workloadLabels,
      WatchTiming timing) {
    this(
        client,
        clock,
        nodeLabels,
        workloadLabels,
        InstanceTypes.UNKNOWN,
        WorkloadFolding.USUAL,
        timing,
        new Loops());
  }

  /**
   * @param client closed with this source; must neither retry by itself nor multiplex watches on
   *     one connection, since a dead one would then take all with it
   * @param workloadLabels keys of the labels to keep of workloads and their pods
   * @param instanceTypes for what nodes do not report
   * @param folding which one-off pods are one workload
   * @param loops gets one of each kind
   */
  public WatchedCluster(
      KubernetesClient client,
      Clock clock,
      NodeLabels nodeLabels,
      Set<String> workloadLabels,
      InstanceTypes instanceTypes,
      WorkloadFolding folding,
      WatchTiming timing,
      Loops loops) {
    this(
        client,
        clock,
        nodeLabels,
        workloadLabels,
        instanceTypes,
        folding,
        timing,
        loops,
        Room.ofHeap());
  }

  WatchedCluster(
      KubernetesClient client,
      Clock clock,
      NodeLabels nodeLabels,
      Set<String> workloadLabels,
      InstanceTypes instanceTypes,
      WorkloadFolding folding,
      WatchTiming timing,
      Loops loops,
      Room room) {
    this.room = room;
    this.loops = loops;
    this.folding = folding;
    LabelFilter filter = new LabelFilter(workloadLabels);
    this.client = client;
    this.clock = clock;
    this.timing = timing;
    api = new KubernetesApi(client, timing);
    nodes =
        follow(Kind.NODES, node -> Optional.of(NodeReader.read(node, nodeLabels, instanceTypes)));
    namespaces = follow(Kind.NAMESPACES, namespace -> Optional.of(NamespaceReader.read(namespace)));
    pods = follow(Kind.PODS, pod -> PodFacts.of(pod, filter, folding), pod -> pod.sharing(copies));
    for (Kind kind : Workloads.KINDS) {
      workloads.put(
          kind,
          follow(
              kind,
              object -> WorkloadObject.of(object, filter),
              workload -> workload.sharing(copies)));
    }
    volumes = follow(Kind.PERSISTENTVOLUMES, VolumeFacts::of, volume -> volume.sharing(copies));
    storageClasses =
        follow(
            Kind.STORAGECLASSES,
            storageClass -> Optional.of(StorageClassParameters.read(storageClass)));
    services = follow(Kind.SERVICES, BalancerFacts::ofService);
    ingresses = follow(Kind.INGRESSES, BalancerFacts::ofIngress);
    gateways = follow(Kind.GATEWAYS, BalancerFacts::ofGateway);
    claims = follow(Kind.RESOURCECLAIMS, ClaimFacts::of);
    slices = follow(Kind.RESOURCESLICES, SliceFacts::of);
  }

  @Override
  public void start(Runnable listener) {
    onChange = listener;
    // An exporter that waits for an API server serves meanwhile, and says that it is not ready.
    for (Reflector reflector : reflectors) {
      Thread thread = new Thread(reflector, "watch " + reflector.kind().plural());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  @Override
  public ClusterSnapshot snapshot() {
    return ClusterRecords.snapshot(
        nodes.records().inOrder(),
        namespaces.records().inOrder(),
        pods.records().inOrder(),
        workloads(),
        volumes(),
        LoadBalancers.of(
            services.records().inOrder(),
            Stream.concat(
                ingresses.records().inOrder().stream(), gateways.records().inOrder().stream())),
        new DeviceClaims(claims.records().inOrder(), slices.records().inOrder()),
        resolvedPods);
  }

  private Workloads workloads() {
    // Counted first: what changes from now on will be counted at the next snapshot.
    long changes = workloads.values().stream().mapToLong(RecordStore::changes).sum();
    return new Workloads(
        workloads.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().records())),
        changes,
        folding);
  }

  /** The same list while nothing changes, so that the volumes need no new prices. */
  private List<Volume> volumes() {
    long changes = volumes.changes() + storageClasses.changes();
    if (changes != changesOfVolumes) {
      knownVolumes =
          List.copyOf(
              new ClusterRecords.Storage(volumes.records().inOrder(), storageClasses.records())
                  .volumes());
      changesOfVolumes = changes;
    }
    return knownVolumes;
  }

  @Override
  public List<KindSync> syncs() {
    return reflectors.stream()
        .filter(reflector -> !reflector.isAbsent())
        .map(Reflector::sync)
        .toList();
  }

  @Override
  public List<KindSync> awaited() {
    return reflectors.stream()
        .filter(reflector -> !reflector.isSettled())
        .map(Reflector::sync)
        .toList();
  }

  @Override
  public List<LimitedObjects> limited() {
    return reflectors.stream().flatMap(reflector -> reflector.limited().stream()).toList();
  }

  @Override
  public void close() {
    onChange = () -> {};
    threads.forEach(Thread::interrupt);
    client.close();
  }

  private <R> RecordStore<R> follow(Kind kind, Function<JsonNode, Optional<R>> toRecord) {
    return follow(kind, toRecord, UnaryOperator.identity());
  }

  private <R> RecordStore<R> follow(
      Kind kind, Function<JsonNode, Optional<R>> toRecord, UnaryOperator<R> share) {
    RecordStore<R> store =
        new RecordStore<>(kind, toRecord, share, copies, room, () -> onChange.run());
    Loop loop = loops.add("watch " + kind.plural(), timing.patience());
    reflectors.add(new Reflector(kind, api, store, timing, clock, log, loop));
    return store;
  }
}
