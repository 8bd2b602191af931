package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the files of a dump. */
final class DumpFiles {
  private static final System.Logger LOG = System.getLogger(DumpFiles.class.getName());

  private final ObjectMapper json = KubernetesJson.parser();
  private final Set<String> seen = new HashSet<>();
  private final ClusterRecords records;

  DumpFiles(Set<String> nodeLabels, Set<String> workloadLabels, WorkloadFolding folding) {
    records = new ClusterRecords(nodeLabels, workloadLabels, folding);
  }

  /**
   * What is in a file, or in all {@code *.json} of a folder.
   *
   * @throws InvalidDumpException if a file cannot be read or is not a dump
   */
  ClusterRecords read(Path path) {
    boolean folder = Files.isDirectory(path);
    for (Path file : folder ? jsonFiles(path) : List.of(path)) {
      JsonNode document = parse(file);
      if (document.path("kind").isTextual()) {
        read(file, document);
      } else if (folder) {
        LOG.log(WARNING, "skipped {0}: it has no \"kind\", so it is no Kubernetes object", file);
      } else {
        throw new InvalidDumpException(
            file + " has no \"kind\", so it is no dump" + ClusterDump.REMEDY);
      }
    }
    return records;
  }

  private void read(Path file, JsonNode object) {
    String kind = object.path("kind").asText();
    if (object.path("items").isArray()) {
      // Items of a typed list, such as a PodList, may leave out their kind.
      String itemKind = kind.replaceFirst("List$", "");
      for (JsonNode item : object.path("items")) {
        if (item instanceof ObjectNode single && !single.has("kind")) {
          single.put("kind", itemKind);
        }
        read(file, item);
      }
      return;
    }
    Optional<Kind> known = Kind.named(kind);
    // The same object may lie in two files of a folder.
    if (known.isEmpty() || !seen.add(kind + "/" + ObjectKey.of(object))) {
      return;
    }
    try {
      records.add(known.get(), object);
    } catch (InvalidObjectException e) {
      throw new InvalidDumpException("%s: %s %s".formatted(file, kind, e.getMessage()), e);
    }
  }

  private JsonNode parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidDumpException(
          file + (Files.exists(file) ? " cannot be read" : " does not exist") + ClusterDump.REMEDY);
    }
    try (JsonParser parser = json.createParser(file.toFile())) {
      JsonNode document = json.readTree(parser);
      // Two dumps written after each other: reading the first alone would lose the other's cost.
      if (parser.nextToken() != null) {
        throw new InvalidDumpException(
            "%s has a second JSON document in line %d%s"
                .formatted(file, parser.currentTokenLocation().getLineNr(), ClusterDump.REMEDY));
      }
      return document == null ? MissingNode.getInstance() : document;
    } catch (JsonProcessingException e) {
      throw new InvalidDumpException(
          "%s is not JSON: %s%s%s"
              .formatted(file, line(e), e.getOriginalMessage(), ClusterDump.REMEDY),
          e);
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
