package io.namespend.ledger.export;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A version of a bill, as it lies there.
 *
 * @param version as the provider calls it, or made from names, sizes and times
 * @param delivered when; versions of a month are in this order
 * @param period of files that have a manifest
 * @param lines as the manifest counts them
 */
public record Export(
    List<ExportFile> files,
    ExportFormat format,
    String version,
    Instant delivered,
    Optional<YearMonth> period,
    OptionalLong lines) {
  private static final int SHORT = 12;

  public Export {
    files = List.copyOf(files);
  }

  /** Of files that somebody names. */
  public static Export of(List<Path> paths, Optional<ExportFormat> format) {
    List<ExportFile> files = paths.stream().map(ExportFile::of).toList();
    if (files.stream().map(ExportFile::path).distinct().count() < files.size()) {
      throw new UnreadableExportException(
          paths.get(0) + ": is named twice; name each file of the bill once");
    }
    return new Export(
        files,
        oneFormat(files, format),
        digest(files).substring(0, SHORT),
        files.stream().map(ExportFile::modified).max(Instant::compareTo).orElseThrow(),
        Optional.empty(),
        OptionalLong.empty());
  }

  static ExportFormat oneFormat(List<ExportFile> files, Optional<ExportFormat> format) {
    if (format.isPresent()) {
      return format.get();
    }
    List<ExportFormat> all = new ArrayList<>();
    for (ExportFile file : files) {
      ExportFormat detected = ExportFormat.detect(file);
      if (!all.isEmpty() && all.get(0) != detected) {
        throw new UnreadableExportException(
            "%s: is %s, but %s is %s; import each bill by itself"
                .formatted(file, detected, files.get(0), all.get(0)));
      }
      all.add(detected);
    }
    return all.get(0);
  }

  public long bytes() {
    return files.stream().mapToLong(ExportFile::size).sum();
  }

  /** Of names, sizes and times: the same if nothing was delivered since. */
  public String fingerprint() {
    return digest(files);
  }

  private static String digest(List<ExportFile> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (ExportFile file : files) {
        digest.update(
            "%s %d %s%n"
                .formatted(file.path().getFileName(), file.size(), file.modified())
                .getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
