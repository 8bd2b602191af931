package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cluster read once from files as {@code kubectl get nodes,namespaces,pods,replicasets,jobs -A -o
 * json} writes them: single objects or lists, in one file or in a folder of {@code *.json}.
 */
public final class ClusterDump implements ClusterSource {
  private static final System.Logger LOG = System.getLogger(ClusterDump.class.getName());
  private static final String REMEDY =
      "; write one with: kubectl get nodes,namespaces,pods,replicasets,jobs -A -o json >"
          + " cluster.json";

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Namespace> namespaces = new HashMap<>();
  private final Map<String, PodFacts> pods = new HashMap<>();
  private final Map<String, Optional<OwnerRef>> replicaSets = new HashMap<>();
  private final Map<String, Optional<OwnerRef>> jobs = new HashMap<>();
  private final Instant readAt;

  /**
   * Reads all files at once.
   *
   * @param path a file, or a folder whose {@code *.json} files are read
   * @throws InvalidDumpException if a file cannot be read or is not a dump, or there is no node
   */
  public ClusterDump(Path path, Instant readAt) {
    this.readAt = readAt;
    boolean folder = Files.isDirectory(path);
    for (Path file : folder ? jsonFiles(path) : List.of(path)) {
      JsonNode document = parse(file);
      if (document.path("kind").isTextual()) {
        read(file, document);
      } else if (folder) {
        LOG.log(WARNING, "skipped {0}: it has no \"kind\", so it is no Kubernetes object", file);
      } else {
        throw new InvalidDumpException(file + " has no \"kind\", so it is no dump" + REMEDY);
      }
    }
    if (nodes.isEmpty()) {
      throw new InvalidDumpException(path + " has no Node, so there is nothing to price" + REMEDY);
    }
  }

  @Override
  public void start(Runnable onChange) {
    onChange.run();
  }

  @Override
  public ClusterSnapshot snapshot() {
    return ClusterRecords.snapshot(
        nodes.values(), namespaces.values(), pods.values(), new Workloads(replicaSets, jobs));
  }

  @Override
  public List<KindSync> syncs() {
    return Stream.of(
            new KindSync("nodes", Optional.of(readAt), nodes.size()),
            new KindSync("namespaces", Optional.of(readAt), namespaces.size()),
            new KindSync("pods", Optional.of(readAt), pods.size()))
        .toList();
  }

  @Override
  public void close() {}

  private void read(Path file, JsonNode object) {
    String kind = object.path("kind").asText();
    try {
      switch (kind) {
        case "List", "NodeList", "NamespaceList", "PodList", "ReplicaSetList", "JobList" ->
            items(file, object, kind);
        case "Node" -> {
          var node = named(object, io.fabric8.kubernetes.api.model.Node.class);
          nodes.put(key(node), NodeReader.read(node));
        }
        case "Namespace" -> {
          var namespace = named(object, io.fabric8.kubernetes.api.model.Namespace.class);
          namespaces.put(key(namespace), NamespaceReader.read(namespace));
        }
        case "Pod" -> {
          var pod = named(object, io.fabric8.kubernetes.api.model.Pod.class);
          PodFacts.of(pod).ifPresent(facts -> pods.put(key(pod), facts));
        }
        case "ReplicaSet" -> {
          var replicaSet = named(object, ReplicaSet.class);
          replicaSets.put(key(replicaSet), OwnerRef.of(replicaSet));
        }
        case "Job" -> {
          var job = named(object, Job.class);
          jobs.put(key(job), OwnerRef.of(job));
        }
        default -> {
          // A dump may hold more kinds than cost depends on.
        }
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String message =
          e instanceof JsonProcessingException parsing
              ? parsing.getOriginalMessage()
              : e.getMessage();
      throw new InvalidDumpException(
          "%s: %s \"%s\": %s"
              .formatted(file, kind, object.path("metadata").path("name").asText(), message),
          e);
    }
  }

  /** Items of a typed list may leave out their kind. */
  private void items(Path file, JsonNode list, String listKind) {
    String itemKind = listKind.substring(0, listKind.length() - "List".length());
    for (JsonNode item : list.path("items")) {
      if (item instanceof com.fasterxml.jackson.databind.node.ObjectNode object
          && !object.has("kind")) {
        object.put("kind", itemKind);
      }
      read(file, item);
    }
  }

  private <T extends HasMetadata> T named(JsonNode object, Class<T> type)
      throws JsonProcessingException {
    if (object.path("metadata").path("name").asText().isEmpty()) {
      throw new IllegalArgumentException("metadata.name is missing");
    }
    return json.treeToValue(object, type);
  }

  private static String key(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return (namespace == null ? "" : namespace + "/") + object.getMetadata().getName();
  }

  private JsonNode parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidDumpException(
          file + (Files.exists(file) ? " cannot be read" : " does not exist") + REMEDY);
    }
    try {
      return json.readTree(file.toFile());
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
