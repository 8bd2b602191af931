package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows a cluster by list and watch, and keeps small records of what it sees. */
public final class WatchedCluster implements ClusterSource {
  private static final System.Logger LOG = System.getLogger(WatchedCluster.class.getName());

  /** Pages keep the memory of the first list bounded. */
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final Clock clock;
  private final List<Kind<?, ?>> kinds = new ArrayList<>();
  private final RecordStore<io.fabric8.kubernetes.api.model.Node, Node> nodes;
  private final RecordStore<io.fabric8.kubernetes.api.model.Namespace, Namespace> namespaces;
  private final RecordStore<io.fabric8.kubernetes.api.model.Pod, PodFacts> pods;
  private final RecordStore<io.fabric8.kubernetes.api.model.apps.ReplicaSet, OwnerRef> replicaSets;
  private final RecordStore<io.fabric8.kubernetes.api.model.batch.v1.Job, OwnerRef> jobs;
  private final RecordStore<io.fabric8.kubernetes.api.model.PersistentVolume, VolumeFacts> volumes;
  private final RecordStore<
          io.fabric8.kubernetes.api.model.storage.StorageClass, Map<String, String>>
      storageClasses;
  private final RecordStore<io.fabric8.kubernetes.api.model.Service, LoadBalancer> services;
  private volatile Runnable onChange = () -> {};

  /** Keeps no label of a node or workload. */
  public WatchedCluster(KubernetesClient client, Clock clock) {
    this(client, clock, Set.of(), Set.of());
  }

  /**
   * @param client closed with this source
   * @param nodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the workload labels to keep
   */
  public WatchedCluster(
      KubernetesClient client, Clock clock, Set<String> nodeLabels, Set<String> workloadLabels) {
    LabelFilter filter = new LabelFilter(workloadLabels);
    this.client = client;
    this.clock = clock;
    nodes =
        follow(
            "nodes",
            client.nodes(),
            () -> new NodeBuilder().withNewMetadata().endMetadata().build(),
            node -> Optional.of(NodeReader.read(node, nodeLabels)));
    namespaces =
        follow(
            "namespaces",
            client.namespaces(),
            () -> new NamespaceBuilder().withNewMetadata().endMetadata().build(),
            namespace -> Optional.of(NamespaceReader.read(namespace)));
    pods =
        follow(
            "pods",
            client.pods().inAnyNamespace(),
            () -> new PodBuilder().withNewMetadata().endMetadata().build(),
            pod -> PodFacts.of(pod, filter));
    replicaSets =
        follow(
            "replicasets",
            client.apps().replicaSets().inAnyNamespace(),
            () -> new ReplicaSetBuilder().withNewMetadata().endMetadata().build(),
            OwnerRef::of);
    jobs =
        follow(
            "jobs",
            client.batch().v1().jobs().inAnyNamespace(),
            () -> new JobBuilder().withNewMetadata().endMetadata().build(),
            OwnerRef::of);
    volumes =
        follow(
            "persistentvolumes",
            client.persistentVolumes(),
            () -> new PersistentVolumeBuilder().withNewMetadata().endMetadata().build(),
            VolumeFacts::of);
    storageClasses =
        follow(
            "storageclasses",
            client.storage().v1().storageClasses(),
            () -> new StorageClassBuilder().withNewMetadata().endMetadata().build(),
            storageClass -> Optional.of(StorageClassParameters.read(storageClass)));
    services =
        follow(
            "services",
            client.services().inAnyNamespace(),
            () -> new ServiceBuilder().withNewMetadata().endMetadata().build(),
            ServiceReader::read);
  }

  @Override
  public void start(Runnable listener) {
    onChange = listener;
    kinds.forEach(Kind::start);
  }

  @Override
  public ClusterSnapshot snapshot() {
    return ClusterRecords.snapshot(
        nodes.records(),
        namespaces.records(),
        pods.records(),
        new Workloads(replicaSets.recordsByKey(), jobs.recordsByKey()),
        new ClusterRecords.Storage(volumes.records(), storageClasses.recordsByKey()),
        services.records());
  }

  @Override
  public List<KindSync> syncs() {
    Instant now = clock.instant();
    return kinds.stream().map(kind -> kind.sync(now)).toList();
  }

  @Override
  public void close() {
    kinds.forEach(Kind::stop);
    client.close();
  }

  private <T extends HasMetadata, R> RecordStore<T, R> follow(
      String name,
      Informable<T> operation,
      Supplier<T> newObject,
      Function<T, Optional<R>> toRecord) {
    var store = new RecordStore<T, R>(newObject, toRecord, () -> onChange.run());
    kinds.add(new Kind<>(name, operation, store));
    return store;
  }

  /** One kind of object with its informer. */
  private static final class Kind<T extends HasMetadata, R> {
    private final String name;
    private final RecordStore<T, R> store;
    private final SharedIndexInformer<T> informer;
    private volatile @Nullable Instant lastHeard;
    private volatile String lastProblem = "";

    Kind(String name, Informable<T> operation, RecordStore<T, R> store) {
      this.name = name;
      this.store = store;
      informer =
          operation
              .withLimit(PAGE)
              .runnableInformer(0)
              .removeNamespaceIndex()
              .itemStore(store)
              .exceptionHandler(this::retry);
    }

    void start() {
      // Not waited for: the exporter serves and says "not ready" while an API server is away.
      var unused = informer.start();
    }

    void stop() {
      informer.stop();
    }

    KindSync sync(Instant now) {
      if (informer.hasSynced() && informer.isWatching()) {
        lastHeard = now;
        lastProblem = "";
      }
      return new KindSync(name, Optional.ofNullable(lastHeard), store.size());
    }

    /** Always again: without this, one bad event ends an informer for good. */
    private boolean retry(boolean started, Throwable problem) {
      String message = String.valueOf(problem.getMessage());
      if (!message.equals(lastProblem)) {
        lastProblem = message;
        LOG.log(WARNING, "cannot read {0} from the Kubernetes API, retrying: {1}", name, message);
      }
      return true;
    }
  }
}
