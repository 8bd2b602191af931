package io.namespend.ledger.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A mounted bucket or a synced prefix. Its manifests say which files are a version; other files in
 * it can be of older ones, which a sync does not delete.
 */
public final class ExportFolder {
  private static final int DEEPEST = 10;

  private ExportFolder() {}

  /**
   * The newest whole version of each month, in the order of months.
   *
   * @param month only this one
   * @throws UnreadableExportException if there is none
   */
  public static List<Export> find(
      Path folder, Optional<YearMonth> month, Optional<ExportFormat> format) {
    SortedMap<YearMonth, List<Manifest>> byMonth = new TreeMap<>();
    for (Path path : manifests(folder)) {
      Manifest manifest = Manifest.read(path, folder);
      if (month.isEmpty() || month.get().equals(manifest.period())) {
        byMonth.computeIfAbsent(manifest.period(), first -> new ArrayList<>()).add(manifest);
      }
    }
    if (byMonth.isEmpty()) {
      return List.of(withoutManifest(folder, month, format));
    }
    return byMonth.values().stream().map(versions -> newestWhole(versions, format)).toList();
  }

  private static List<Path> manifests(Path folder) {
    return walk(folder, DEEPEST).stream()
        .filter(path -> path.getFileName().toString().matches("(?i).*manifest\\.json"))
        .toList();
  }

  private static Export newestWhole(List<Manifest> versions, Optional<ExportFormat> format) {
    List<Manifest> newestFirst =
        versions.stream()
            .sorted(
                Comparator.comparing(Manifest::delivered)
                    .reversed()
                    .thenComparing(manifest -> manifest.path().toString()))
            .toList();
    for (Manifest manifest : newestFirst) {
      if (manifest.missing().isEmpty()) {
        return manifest.export(format);
      }
    }
    Manifest newest = newestFirst.get(0);
    throw new UnreadableExportException(
        "%s: names %s, which is not there whole; sync the folder again"
            .formatted(newest.path(), newest.missing().orElseThrow()));
  }

  /** Google's extracts have none. */
  private static Export withoutManifest(
      Path folder, Optional<YearMonth> month, Optional<ExportFormat> format) {
    List<Path> json =
        walk(folder, 1).stream()
            .filter(
                path ->
                    path.getFileName()
                        .toString()
                        .matches("(?i).*\\.(?:json|jsonl|ndjson)(?:\\.gz)?"))
            .filter(path -> !path.getFileName().toString().matches("(?i).*manifest\\.json"))
            .toList();
    if (json.isEmpty()) {
      throw new UnreadableExportException(
          folder
              + month.map(of -> ": has no manifest of " + of).orElse(": has no manifest")
              + ", so which of its files are one version is not known; give a folder that has it,"
              + " or name the files");
    }
    return Export.of(json, format);
  }

  private static List<Path> walk(Path folder, int depth) {
    try (Stream<Path> all = Files.walk(folder, depth)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw ExportFile.unreadable(folder.toString(), e);
    } catch (java.io.UncheckedIOException e) {
      throw ExportFile.unreadable(folder.toString(), Objects.requireNonNull(e.getCause()));
    }
  }
}
