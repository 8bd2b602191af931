package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cluster read once from files as {@code kubectl get nodes,pods,... -A -o json} writes them:
 * single objects or lists, in one file or in a folder of {@code *.json}.
 */
public final class ClusterDump implements ClusterSource {
  private static final System.Logger LOG = System.getLogger(ClusterDump.class.getName());

  /** The command that writes a dump of all that costs depend on. */
  public static final String KUBECTL_GET =
      "kubectl get nodes,namespaces,pods,deployments,replicasets,statefulsets,daemonsets,jobs,"
          + "cronjobs,pv,storageclasses,services,ingresses -A -o json > cluster.json";

  private static final String REMEDY = "; write one with: " + KUBECTL_GET;

  private record Type(Class<? extends HasMetadata> model, boolean namespaced) {}

  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          cluster("Node", io.fabric8.kubernetes.api.model.Node.class),
          cluster("Namespace", io.fabric8.kubernetes.api.model.Namespace.class),
          namespaced("Pod", io.fabric8.kubernetes.api.model.Pod.class),
          namespaced("Deployment", Deployment.class),
          namespaced("ReplicaSet", ReplicaSet.class),
          namespaced("StatefulSet", StatefulSet.class),
          namespaced("DaemonSet", DaemonSet.class),
          namespaced("Job", Job.class),
          namespaced("CronJob", CronJob.class),
          cluster("PersistentVolume", PersistentVolume.class),
          cluster("StorageClass", StorageClass.class),
          namespaced("Service", Service.class),
          namespaced("Ingress", Ingress.class));

  private final ObjectMapper json = KubernetesJson.parser();
  private final KubernetesJson model = new KubernetesJson();
  private final Set<String> seen = new HashSet<>();
  private final ClusterSnapshot snapshot;
  private final Instant readAt;

  /** Keeps no labels of nodes and workloads. */
  public ClusterDump(Path path, Instant readAt) {
    this(path, readAt, Set.of(), Set.of());
  }

  /**
   * Reads all files at once.
   *
   * @param path a file, or a folder whose {@code *.json} files are read
   * @param nodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the labels to keep of Deployments and their like
   * @throws InvalidDumpException if a file cannot be read or is not a dump, or there is no node
   */
  public ClusterDump(
      Path path, Instant readAt, Set<String> nodeLabels, Set<String> workloadLabels) {
    this.readAt = readAt;
    ClusterRecords records = new ClusterRecords(nodeLabels, workloadLabels);
    boolean folder = Files.isDirectory(path);
    for (Path file : folder ? jsonFiles(path) : List.of(path)) {
      JsonNode document = parse(file);
      if (document.path("kind").isTextual()) {
        read(file, document, records);
      } else if (folder) {
        LOG.log(WARNING, "skipped {0}: it has no \"kind\", so it is no Kubernetes object", file);
      } else {
        throw new InvalidDumpException(file + " has no \"kind\", so it is no dump" + REMEDY);
      }
    }
    snapshot = records.snapshot();
    if (snapshot.nodes().isEmpty()) {
      throw new InvalidDumpException(path + " has no Node, so there is nothing to price" + REMEDY);
    }
  }

  @Override
  public void start(Runnable onChange) {
    onChange.run();
  }

  @Override
  public ClusterSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public List<KindSync> syncs() {
    return List.of(
        new KindSync("nodes", Optional.of(readAt), snapshot.nodes().size()),
        new KindSync("namespaces", Optional.of(readAt), snapshot.namespaces().size()),
        new KindSync("pods", Optional.of(readAt), snapshot.pods().size()),
        new KindSync("persistentvolumes", Optional.of(readAt), snapshot.volumes().size()),
        new KindSync("services", Optional.of(readAt), snapshot.loadBalancers().size()));
  }

  @Override
  public void close() {}

  private void read(Path file, JsonNode object, ClusterRecords records) {
    String kind = object.path("kind").asText();
    if (object.path("items").isArray()) {
      // Items of a typed list, such as a PodList, may leave out their kind.
      String itemKind = kind.replaceFirst("List$", "");
      for (JsonNode item : object.path("items")) {
        if (item instanceof ObjectNode single && !single.has("kind")) {
          single.put("kind", itemKind);
        }
        read(file, item, records);
      }
      return;
    }
    Type type = TYPES.get(kind);
    // The same object may lie in two files of a folder.
    if (type == null || !seen.add(kind + "/" + KubernetesJson.key(object))) {
      return;
    }
    try {
      add(object, type, records);
    } catch (InvalidObjectException e) {
      throw new InvalidDumpException("%s: %s %s".formatted(file, kind, e.getMessage()), e);
    }
  }

  private void add(JsonNode object, Type type, ClusterRecords records)
      throws InvalidObjectException {
    var unused =
        model.read(
            object,
            type.model(),
            type.namespaced(),
            read -> {
              records.add(read);
              return Optional.empty();
            });
  }

  private static Map.Entry<String, Type> cluster(String kind, Class<? extends HasMetadata> model) {
    return Map.entry(kind, new Type(model, false));
  }

  private static Map.Entry<String, Type> namespaced(
      String kind, Class<? extends HasMetadata> model) {
    return Map.entry(kind, new Type(model, true));
  }

  private JsonNode parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidDumpException(
          file + (Files.exists(file) ? " cannot be read" : " does not exist") + REMEDY);
    }
    try (JsonParser parser = json.createParser(file.toFile())) {
      JsonNode document = json.readTree(parser);
      // Two dumps written after each other: reading the first alone would lose the other's cost.
      if (parser.nextToken() != null) {
        throw new InvalidDumpException(
            "%s has a second JSON document in line %d%s"
                .formatted(file, parser.currentTokenLocation().getLineNr(), REMEDY));
      }
      return document == null ? MissingNode.getInstance() : document;
    } catch (JsonProcessingException e) {
      throw new InvalidDumpException(
          "%s is not JSON: %s%s%s".formatted(file, line(e), e.getOriginalMessage(), REMEDY), e);
    } catch (IOException e) {
      throw new InvalidDumpException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** A document that is too deep or too long has no place of its mistake. */
  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
  }

  private static List<Path> jsonFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new InvalidDumpException(folder + " cannot be listed: " + e.getMessage(), e);
    }
  }
}
