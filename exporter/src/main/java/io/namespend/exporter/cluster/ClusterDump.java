package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
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
 * A cluster read once from files as {@code kubectl get
 * nodes,namespaces,pods,replicasets,jobs,pv,storageclasses,services -A -o json} writes them: single
 * objects or lists, in one file or in a folder of {@code *.json}.
 */
public final class ClusterDump implements ClusterSource {
  private static final System.Logger LOG = System.getLogger(ClusterDump.class.getName());
  private static final String REMEDY =
      "; write one with: kubectl get"
          + " nodes,namespaces,pods,replicasets,jobs,pv,storageclasses,services -A -o json >"
          + " cluster.json";

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "Node", io.fabric8.kubernetes.api.model.Node.class,
          "Namespace", io.fabric8.kubernetes.api.model.Namespace.class,
          "Pod", io.fabric8.kubernetes.api.model.Pod.class,
          "ReplicaSet", ReplicaSet.class,
          "Job", Job.class,
          "PersistentVolume", PersistentVolume.class,
          "StorageClass", StorageClass.class,
          "Service", Service.class);

  /** Takes null for absent, as some tools write it. */
  private final ObjectMapper json =
      new ObjectMapper().setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.SKIP, Nulls.SKIP));

  private final Set<String> seen = new HashSet<>();
  private final ClusterSnapshot snapshot;
  private final Instant readAt;

  /** Keeps no label of a node or workload. */
  public ClusterDump(Path path, Instant readAt) {
    this(path, readAt, Set.of(), Set.of());
  }

  /**
   * Reads all files at once.
   *
   * @param path a file, or a folder whose {@code *.json} files are read
   * @param nodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the workload labels to keep
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
    Class<? extends HasMetadata> type = KINDS.get(kind);
    JsonNode metadata = object.path("metadata");
    String name = metadata.path("name").asText();
    // The same object may lie in two files of a folder.
    if (type == null || !seen.add(kind + "/" + metadata.path("namespace").asText() + "/" + name)) {
      return;
    }
    try {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("metadata.name is missing");
      }
      if ((kind.equals("Pod") || kind.equals("Service"))
          && !metadata.path("namespace").isTextual()) {
        throw new IllegalArgumentException("metadata.namespace is missing");
      }
      records.add(json.treeToValue(object, type));
    } catch (JsonProcessingException e) {
      throw invalid(file, kind, name, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw invalid(file, kind, name, String.valueOf(e.getMessage()), e);
    }
  }

  private static InvalidDumpException invalid(
      Path file, String kind, String name, String problem, Exception cause) {
    return new InvalidDumpException(
        "%s: %s \"%s\": %s".formatted(file, kind, name, problem), cause);
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
          "%s is not JSON: line %d: %s%s"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage(), REMEDY),
          e);
    } catch (IOException e) {
      throw new InvalidDumpException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> jsonFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new InvalidDumpException(folder + " cannot be listed: " + e.getMessage(), e);
    }
  }
}
