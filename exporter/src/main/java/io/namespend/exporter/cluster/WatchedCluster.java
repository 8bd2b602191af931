package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.namespend.exporter.cluster.balancer.BalancerFacts;
import io.namespend.exporter.cluster.balancer.LoadBalancers;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.LabelFilter;
import io.namespend.exporter.cluster.node.ClaimFacts;
import io.namespend.exporter.cluster.node.DeviceClaims;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.node.NodeReader;
import io.namespend.exporter.cluster.node.SliceFacts;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.NamespaceReader;
import io.namespend.exporter.cluster.pod.PodFacts;
import io.namespend.exporter.cluster.pod.PodTimes;
import io.namespend.exporter.cluster.pod.ResolvedPods;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.pod.WorkloadObject;
import io.namespend.exporter.cluster.pod.Workloads;
import io.namespend.exporter.cluster.store.Held;
import io.namespend.exporter.cluster.store.Lasting;
import io.namespend.exporter.cluster.store.Life;
import io.namespend.exporter.cluster.store.LimitedObjects;
import io.namespend.exporter.cluster.store.Minute;
import io.namespend.exporter.cluster.store.MinuteRecords;
import io.namespend.exporter.cluster.store.ObjectStore;
import io.namespend.exporter.cluster.store.RecordStore;
import io.namespend.exporter.cluster.store.Room;
import io.namespend.exporter.cluster.store.TimedStore;
import io.namespend.exporter.cluster.volume.StorageClassParameters;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.cluster.volume.VolumeFacts;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.KubernetesApi;
import io.namespend.exporter.cluster.watch.Reflector;
import io.namespend.exporter.cluster.watch.SyncLog;
import io.namespend.exporter.cluster.watch.WatchTiming;
import io.namespend.exporter.health.Loop;
import io.namespend.exporter.health.Loops;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
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
  private final TimedStore<Lasting<Node>> nodes;
  private final RecordStore<Namespace> namespaces;
  private final TimedStore<PodFacts> pods;
  private final Map<Kind, RecordStore<WorkloadObject>> workloads = new EnumMap<>(Kind.class);
  private final TimedStore<Lasting<VolumeFacts>> volumes;
  private final RecordStore<Map<String, String>> storageClasses;
  private final TimedStore<Lasting<BalancerFacts>> services;
  private final TimedStore<Lasting<BalancerFacts>> ingresses;
  private final TimedStore<Lasting<BalancerFacts>> gateways;
  private final RecordStore<ClaimFacts> claims;
  private final RecordStore<SliceFacts> slices;
  private List<Volume> knownVolumes = List.of();
  private List<Lasting<VolumeFacts>> factsOfVolumes = List.of();
  private long changesOfClasses;

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
        followLasting(
            Kind.NODES,
            node -> Optional.of(NodeReader.read(node, nodeLabels, instanceTypes)),
            Node::name,
            UnaryOperator.identity());
    namespaces = follow(Kind.NAMESPACES, namespace -> Optional.of(NamespaceReader.read(namespace)));
    pods =
        followTimed(
            Kind.PODS,
            pod -> PodFacts.life(pod, filter, folding),
            PodTimes::deleted,
            ResolvedPods.ORDER,
            pod -> pod.sharing(copies));
    for (Kind kind : Workloads.KINDS) {
      workloads.put(
          kind,
          follow(
              kind,
              object -> WorkloadObject.of(object, filter),
              workload -> workload.sharing(copies)));
    }
    volumes =
        followLasting(
            Kind.PERSISTENTVOLUMES,
            VolumeFacts::of,
            VolumeFacts::name,
            volume -> volume.sharing(copies));
    storageClasses =
        follow(
            Kind.STORAGECLASSES,
            storageClass -> Optional.of(StorageClassParameters.read(storageClass)));
    services = followBalancers(Kind.SERVICES, BalancerFacts::ofService);
    ingresses = followBalancers(Kind.INGRESSES, BalancerFacts::ofIngress);
    gateways = followBalancers(Kind.GATEWAYS, BalancerFacts::ofGateway);
    claims = follow(Kind.RESOURCECLAIMS, ClaimFacts::of);
    slices = follow(Kind.RESOURCESLICES, SliceFacts::of);
  }

  @Override
  public void start() {
    // An exporter that waits for an API server serves meanwhile, and says that it is not ready.
    for (Reflector reflector : reflectors) {
      Thread thread = new Thread(reflector, "watch " + reflector.kind().plural());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** As it is now. */
  @Override
  public ClusterSnapshot snapshot() {
    return snapshot(
        MinuteRecords.whole(nodes.inOrder()),
        namespaces.inOrder(),
        MinuteRecords.whole(pods.inOrder()),
        MinuteRecords.whole(volumes.inOrder()),
        MinuteRecords.whole(services.inOrder()),
        Stream.of(ingresses, gateways)
            .map(routes -> MinuteRecords.whole(routes.inOrder()))
            .toList(),
        claims.inOrder());
  }

  @Override
  public ClusterSnapshot during(Minute minute) {
    Instant now = clock.instant();
    Stream.of(namespaces, storageClasses, claims, slices).forEach(store -> store.forget(now));
    workloads.values().forEach(store -> store.forget(now));
    MinuteRecords<Lasting<Node>> machines = nodes.during(minute, node -> null);
    // What a pod holds, it holds of a node that is there.
    Map<String, List<MinuteRecords.Window>> windows = machines.windows(node -> node.facts().name());
    return snapshot(
        machines,
        namespaces.records().inOrder(),
        pods.during(minute, pod -> windows.isEmpty() ? null : windows.get(pod.node()))
            .splitBy(PodFacts::node, ResolvedPods.ORDER),
        volumes.during(minute, volume -> null),
        services.during(minute, service -> null),
        Stream.of(ingresses, gateways).map(routes -> routes.during(minute, route -> null)).toList(),
        claims.records().inOrder());
  }

  private ClusterSnapshot snapshot(
      MinuteRecords<Lasting<Node>> machines,
      List<Namespace> knownNamespaces,
      MinuteRecords<PodFacts> knownPods,
      MinuteRecords<Lasting<VolumeFacts>> disks,
      MinuteRecords<Lasting<BalancerFacts>> ofServices,
      List<MinuteRecords<Lasting<BalancerFacts>>> routes,
      List<ClaimFacts> heldClaims) {
    Map<String, Double> ofNodes = machines.shares(node -> node.facts().name());
    List<Node> known = machines.records().stream().map(Lasting::facts).toList();
    // What such a node is, its pods are, for as long as they are there.
    known.stream()
        .filter(node -> node.virtual().isPresent())
        .forEach(n -> ofNodes.remove(n.name()));
    Map<String, Double> ofBalancers = new HashMap<>();
    Stream.concat(Stream.of(ofServices), routes.stream())
        .forEach(
            kind ->
                ofBalancers.putAll(
                    kind.shares(one -> one.facts().namespace() + "/" + one.facts().name())));
    return ClusterRecords.snapshot(
        known,
        knownNamespaces,
        knownPods,
        workloads(),
        volumes(disks.records()),
        LoadBalancers.of(
            ofServices.records().stream().map(Lasting::facts).toList(),
            routes.stream().flatMap(kind -> kind.records().stream()).map(Lasting::facts)),
        new DeviceClaims(heldClaims, slices.records().inOrder()),
        new Presence(ofNodes, disks.shares(volume -> volume.facts().name()), ofBalancers),
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
  private List<Volume> volumes(List<Lasting<VolumeFacts>> facts) {
    long changes = storageClasses.changes();
    if (changes != changesOfClasses || !facts.equals(factsOfVolumes)) {
      knownVolumes =
          List.copyOf(
              new ClusterRecords.Storage(
                      facts.stream().map(Lasting::facts).toList(), storageClasses.records())
                  .volumes());
      changesOfClasses = changes;
      factsOfVolumes = facts;
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
    threads.forEach(Thread::interrupt);
    client.close();
  }

  private <R> RecordStore<R> follow(Kind kind, Function<JsonNode, Optional<R>> toRecord) {
    return follow(kind, toRecord, UnaryOperator.identity());
  }

  private <R> RecordStore<R> follow(
      Kind kind, Function<JsonNode, Optional<R>> toRecord, UnaryOperator<R> share) {
    RecordStore<R> store = new RecordStore<>(kind, toRecord, share, copies, room);
    addReflector(kind, store);
    return store;
  }

  private void addReflector(Kind kind, ObjectStore store) {
    Loop loop = loops.add("watch " + kind.plural(), timing.patience());
    reflectors.add(new Reflector(kind, api, store, timing, clock, log, loop));
  }

  private TimedStore<Lasting<BalancerFacts>> followBalancers(
      Kind kind, Function<JsonNode, Optional<BalancerFacts>> toRecord) {
    return followLasting(
        kind,
        toRecord,
        balancer -> balancer.namespace() + "/" + balancer.name(),
        UnaryOperator.identity());
  }

  private <F> TimedStore<Lasting<F>> followLasting(
      Kind kind,
      Function<JsonNode, Optional<F>> toFacts,
      Function<F, String> order,
      UnaryOperator<F> share) {
    Comparator<Lasting<F>> byName = Comparator.comparing(lasting -> order.apply(lasting.facts()));
    return followTimed(
        kind,
        object ->
            toFacts
                .apply(object)
                .map(
                    facts ->
                        Life.open(
                            new Lasting<>(
                                facts,
                                PodTimes.creation(Fields.object(object, "metadata"))
                                    .orElse(Held.UNKNOWN)))),
        TimedStore.Ending.WHEN_HEARD,
        byName,
        lasting -> new Lasting<>(share.apply(lasting.facts()), lasting.since()));
  }

  private <R extends Held<R>> TimedStore<R> followTimed(
      Kind kind,
      Function<JsonNode, Optional<Life<R>>> read,
      TimedStore.Ending ending,
      Comparator<R> order,
      UnaryOperator<R> share) {
    TimedStore<R> store = new TimedStore<>(kind, read, ending, order, share, copies, room);
    addReflector(kind, store);
    return store;
  }
}
