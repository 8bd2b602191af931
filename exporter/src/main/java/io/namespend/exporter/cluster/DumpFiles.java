package io.namespend.exporter.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.exporter.cluster.json.BoundedJson;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.KubernetesJson;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the files of a dump. */
final class DumpFiles {
  /**
   * As {@code kubectl cluster-info dump} nests its folders, and one more for a folder of several
   * files beside it; the end keeps a wrong path from reading a whole disk.
   */
  private static final int DEEPEST = 3;

  private final ObjectMapper json = KubernetesJson.parser();
  private final DumpObjects objects;
  private final DumpGaps gaps = new DumpGaps();

  DumpFiles(
      NodeLabels nodeLabels,
      Set<String> workloadLabels,
      InstanceTypes instanceTypes,
      WorkloadFolding folding) {
    objects =
        new DumpObjects(
            new ClusterRecords(nodeLabels, workloadLabels, instanceTypes, folding), gaps);
  }

  /**
   * What is in a file, or in all {@code *.json} of a folder and of the folders in it.
   *
   * @throws InvalidDumpException if the path cannot be read, is a file and no dump, or is a folder
   *     with two dumps
   */
  ClusterRecords read(Path path) {
    if (Files.isDirectory(path)) {
      readFolder(path);
    } else {
      readFile(path);
    }
    return objects.records();
  }

  /** How many objects cannot be read. */
  Map<Kind, Integer> unreadable() {
    return gaps.unreadable();
  }

  /** What was left out, in one line; empty if nothing was. */
  Optional<String> leftOut() {
    return gaps.text();
  }

  private void readFile(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidDumpException(
          file + (Files.exists(file) ? " cannot be read" : " does not exist") + ClusterDump.REMEDY);
    }
    try (JsonParser parser = json.createParser(new BoundedJson(Files.newInputStream(file)))) {
      if (!objects.read(parser)) {
        throw new InvalidDumpException(
            file + " has no \"kind\", so it is not a dump" + ClusterDump.REMEDY);
      }
      // Two dumps written after each other: reading the first alone would lose the other's cost.
      if (parser.nextToken() != null) {
        throw new InvalidDumpException(
            "%s has a second JSON document in line %d%s"
                .formatted(file, parser.currentTokenLocation().getLineNr(), ClusterDump.REMEDY));
      }
    } catch (JsonProcessingException e) {
      throw new InvalidDumpException(
          "%s is not JSON: %s%s%s"
              .formatted(file, line(e), e.getOriginalMessage(), ClusterDump.REMEDY),
          e);
    } catch (IOException e) {
      throw new InvalidDumpException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** One broken file costs what comes after the break in it, and no other file. */
  private void readFolder(Path folder) {
    Set<Path> foldersWithNodes = new TreeSet<>();
    for (Path file : jsonFiles(folder)) {
      int nodesBefore = objects.nodes();
      try (JsonParser parser = json.createParser(new BoundedJson(Files.newInputStream(file)))) {
        boolean isObject = objects.read(parser);
        while (isObject && parser.nextToken() != null) {
          isObject = objects.readFrom(parser);
        }
        if (!isObject) {
          gaps.file(folder.relativize(file), "is not a Kubernetes object");
        }
      } catch (JsonProcessingException e) {
        gaps.file(
            folder.relativize(file),
            "is not JSON: %s%s".formatted(line(e), e.getOriginalMessage()));
      } catch (IOException e) {
        gaps.file(folder.relativize(file), "cannot be read");
      }
      if (objects.nodes() > nodesBefore) {
        foldersWithNodes.add(folder.relativize(file.resolveSibling("")));
      }
    }
    if (foldersWithNodes.size() > 1) {
      throw new InvalidDumpException(
          "%s has nodes in several of its folders (%s), so it holds several dumps; name one of them"
              .formatted(
                  folder,
                  String.join(
                      ", ",
                      foldersWithNodes.stream()
                          .map(path -> path.toString().isEmpty() ? "." : path.toString())
                          .toList())));
    }
  }

  /** A document that is too deep or too long has no place of its mistake. */
  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
  }

  private static List<Path> jsonFiles(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      addJsonFiles(folder, 1, found);
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidDumpException(folder + " cannot be listed: " + e.getMessage(), e);
    }
    return found;
  }

  /** In an order that does not depend on the disk, the upper folder first. */
  private static void addJsonFiles(Path folder, int depth, List<Path> found) throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.filter(path -> !isHidden(path)).sorted().toList();
    }
    entries.stream()
        .filter(path -> path.toString().endsWith(".json") && Files.isRegularFile(path))
        .forEach(found::add);
    if (depth < DEEPEST) {
      // A link to a folder may lead back here.
      for (Path entry : entries) {
        if (Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
          addJsonFiles(entry, depth + 1, found);
        }
      }
    }
  }

  /** The folders of a mounted ConfigMap hold its files once more. */
  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }
}
