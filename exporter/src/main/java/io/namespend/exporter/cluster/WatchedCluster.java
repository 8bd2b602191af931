package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Follows a cluster by list and watch, and keeps small records of what it sees. */
public final class WatchedCluster implements ClusterSource {
  private final KubernetesClient client;
  private final Clock clock;
  private final WatchTiming timing;
  private final KubernetesApi api;
  private final KubernetesJson json = new KubernetesJson();
  private final Copies copies = new Copies();
  private final ResolvedPods resolvedPods = new ResolvedPods(copies);
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
  private volatile Runnable onChange = () -> {};

  /**
   * @param client closed with this source; must neither retry by itself nor multiplex watches on
   *     one connection, since a dead one would then take all with it
   * @param nodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the labels to keep of workloads and their pods
   */
  public WatchedCluster(
      KubernetesClient client,
      Clock clock,
      Set<String> nodeLabels,
      Set<String> workloadLabels,
      WatchTiming timing) {
    LabelFilter filter = new LabelFilter(workloadLabels);
    this.client = client;
    this.clock = clock;
    this.timing = timing;
    api = new KubernetesApi(client, timing);
    nodes =
        whole(
            Kind.NODES,
            io.fabric8.kubernetes.api.model.Node.class,
            false,
            node -> Optional.of(NodeReader.read(node, nodeLabels)));
    namespaces =
        whole(
            Kind.NAMESPACES,
            io.fabric8.kubernetes.api.model.Namespace.class,
            false,
            namespace -> Optional.of(NamespaceReader.read(namespace)));
    pods =
        whole(
            Kind.PODS,
            io.fabric8.kubernetes.api.model.Pod.class,
            true,
            pod -> PodFacts.of(pod, filter).map(facts -> facts.sharing(copies)));
    for (Kind kind : Workloads.KINDS) {
      workloads.put(kind, workload(kind, filter));
    }
    volumes =
        whole(
            Kind.PERSISTENTVOLUMES,
            PersistentVolume.class,
            false,
            volume -> VolumeFacts.of(volume).map(facts -> facts.sharing(copies)));
    storageClasses =
        whole(
            Kind.STORAGECLASSES,
            StorageClass.class,
            false,
            storageClass -> Optional.of(StorageClassParameters.read(storageClass)));
    services = whole(Kind.SERVICES, Service.class, true, BalancerFacts::of);
    ingresses = whole(Kind.INGRESSES, Ingress.class, true, BalancerFacts::of);
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
        nodes.records(),
        namespaces.records(),
        pods.records(),
        new Workloads(
            workloads.entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().recordsByKey()))),
        new ClusterRecords.Storage(volumes.records(), storageClasses.recordsByKey()),
        LoadBalancers.of(services.records(), ingresses.records()),
        resolvedPods);
  }

  @Override
  public List<KindSync> syncs() {
    return reflectors.stream().map(Reflector::sync).toList();
  }

  @Override
  public List<KindSync> awaited() {
    return reflectors.stream()
        .filter(reflector -> !reflector.isSettled())
        .map(Reflector::sync)
        .toList();
  }

  @Override
  public void close() {
    onChange = () -> {};
    threads.forEach(Thread::interrupt);
    client.close();
  }

  private <T extends HasMetadata, R> RecordStore<R> whole(
      Kind kind, Class<T> type, boolean namespaced, Function<T, Optional<R>> toRecord) {
    return follow(kind, object -> json.read(object, type, namespaced, toRecord));
  }

  /** Only the metadata are asked for, and any kind of object has these. */
  private RecordStore<WorkloadObject> workload(Kind kind, LabelFilter labels) {
    return whole(
        kind,
        io.fabric8.kubernetes.api.model.Pod.class,
        true,
        object ->
            WorkloadObject.of(object.getMetadata(), labels).map(found -> found.sharing(copies)));
  }

  private <R> RecordStore<R> follow(Kind kind, RecordStore.Reader<R> reader) {
    RecordStore<R> store = new RecordStore<>(kind, reader, () -> onChange.run());
    reflectors.add(new Reflector(kind, api, store, timing, clock, log));
    return store;
  }
}
