package io.namespend.ledger.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files are a version: the manifest of a legacy CUR, of AWS Data Exports or of an Azure
 * export.
 *
 * @param files those that are there
 * @param missing the first that is not, or not whole
 */
record Manifest(
    Path path,
    YearMonth period,
    String version,
    Instant delivered,
    List<ExportFile> files,
    Optional<String> missing,
    Optional<ExportFormat> format,
    OptionalLong lines) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PERIOD = Pattern.compile("BILLING_PERIOD=(\\d{4}-\\d{2})");
  private static final Pattern BUCKET = Pattern.compile("^[a-z0-9]+://[^/]+/");

  /**
   * @param root files are looked for below it only
   */
  static Manifest read(Path path, Path root) {
    JsonNode json;
    Instant delivered;
    try {
      json = JSON.readTree(Files.readAllBytes(path));
      delivered = Files.getLastModifiedTime(path).toInstant();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UnreadableExportException(path + ": is no JSON; sync the folder again, whole", e);
    } catch (IOException e) {
      throw ExportFile.unreadable(path.toString(), e);
    }
    try {
      return of(path, root, json, delivered);
    } catch (DateTimeException e) {
      throw new UnreadableExportException(
          path + ": does not say its month; is it the manifest of a bill export?", e);
    }
  }

  private static Manifest of(Path path, Path root, JsonNode json, Instant delivered) {
    Found found = new Found(path, root);
    if (json.has("reportKeys")) {
      json.path("reportKeys").forEach(key -> found.add(key.asText(), -1));
      return found.manifest(
          month(json.path("billingPeriod").path("start").asText()),
          json.path("assemblyId").asText(),
          delivered,
          Optional.empty(),
          -1);
    }
    if (json.has("dataFiles")) {
      List<String> names = new ArrayList<>();
      json.path("dataFiles")
          .forEach(file -> names.add(file.isObject() ? file.path("path").asText() : file.asText()));
      names.forEach(name -> found.add(name, -1));
      Matcher period = PERIOD.matcher(path + " " + String.join(" ", names));
      if (!period.find()) {
        throw new DateTimeException("no billing period");
      }
      return found.manifest(
          YearMonth.parse(period.group(1)),
          json.path("executionId").asText(),
          delivered,
          Optional.empty(),
          -1);
    }
    if (json.has("blobs")) {
      json.path("blobs")
          .forEach(
              blob -> found.add(blob.path("blobName").asText(), blob.path("byteCount").asLong(-1)));
      return found.manifest(
          month(json.path("runInfo").path("startDate").asText()),
          json.path("runInfo").path("runId").asText(),
          delivered,
          azure(path, json.path("exportConfig").path("type").asText()),
          rows(json.path("blobs")));
    }
    throw new UnreadableExportException(
        path + ": is no manifest of AWS or Azure; remove it, or name the files of the bill");
  }

  private static long rows(JsonNode blobs) {
    long rows = 0;
    for (JsonNode blob : blobs) {
      if (!blob.has("dataRowCount")) {
        return -1;
      }
      rows += blob.path("dataRowCount").asLong();
    }
    return rows;
  }

  private static Optional<ExportFormat> azure(Path path, String type) {
    return switch (type) {
      case "ActualCost", "Usage" -> Optional.of(ExportFormat.AZURE_ACTUAL);
      case "AmortizedCost" -> Optional.of(ExportFormat.AZURE_AMORTIZED);
      case "FocusCost", "" -> Optional.empty();
      default ->
          throw new UnreadableExportException(
              "%s: an export of type %s is no bill; export ActualCost, AmortizedCost or FocusCost"
                  .formatted(path, type));
    };
  }

  private static YearMonth month(String start) {
    return YearMonth.from(Moments.parse(start).atOffset(ZoneOffset.UTC));
  }

  Export export(Optional<ExportFormat> asked) {
    return new Export(
        files,
        Export.oneFormat(files, asked.or(() -> format)),
        version.isEmpty() ? "unnamed" : version,
        delivered,
        Optional.of(period),
        lines);
  }

  /** Looks for the files that a manifest names by their keys in the bucket. */
  private static final class Found {
    private final Path path;
    private final Path root;
    private final List<ExportFile> files = new ArrayList<>();
    private Optional<String> missing = Optional.empty();

    Found(Path path, Path root) {
      this.path = path;
      this.root = root.toAbsolutePath().normalize();
    }

    void add(String key, long bytes) {
      Optional<ExportFile> file =
          look(BUCKET.matcher(key).replaceFirst(""))
              .filter(there -> bytes < 0 || there.size() == bytes);
      if (file.isPresent()) {
        files.add(file.get());
      } else if (missing.isEmpty()) {
        missing = Optional.of(key);
      }
    }

    /** The local folder has some end of the key, below some folder above the manifest. */
    private Optional<ExportFile> look(String key) {
      String[] parts = key.split("/+");
      for (int from = 0; from < parts.length; from++) {
        String end = String.join("/", List.of(parts).subList(from, parts.length));
        Path folder = path.toAbsolutePath().normalize().getParent();
        while (folder != null && folder.startsWith(root)) {
          Path file = folder.resolve(end).normalize();
          if (file.startsWith(root) && Files.isRegularFile(file)) {
            return Optional.of(ExportFile.of(file));
          }
          folder = folder.getParent();
        }
      }
      return Optional.empty();
    }

    Manifest manifest(
        YearMonth period,
        String version,
        Instant delivered,
        Optional<ExportFormat> format,
        long rows) {
      if (files.isEmpty() && missing.isEmpty()) {
        missing = Optional.of("no file");
      }
      return new Manifest(
          path,
          period,
          version,
          delivered,
          List.copyOf(files),
          missing,
          format,
          rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows));
    }
  }
}
