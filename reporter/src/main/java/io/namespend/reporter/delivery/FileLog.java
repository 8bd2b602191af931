package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers in a file: a line for each entry, key and value apart by a tab. Lines are appended, so
 * that a receipt costs its own length; whoever has the turn takes away what a kill left.
 */
public final class FileLog implements DeliveryLog {
  private final Path file;
  private boolean isWhole;

  public FileLog(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public Map<String, String> load(Window window) {
    try {
      makeWhole();
      Map<String, String> entries = new HashMap<>();
      boolean hasForgotten = false;
      try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.isBlank()) {
            String[] entry = entry(line);
            Optional<Window> of = ReceiptKey.windowOf(entry[0]);
            hasForgotten |= of.isEmpty() || of.get().isForgottenAt(window);
            if (of.equals(Optional.of(window))) {
              entries.put(entry[0], entry[1]);
            }
          }
        }
      }
      if (hasForgotten) {
        forget(window);
      }
      return entries;
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException | UncheckedIOException e) {
      throw failed("read", e);
    }
  }

  @Override
  public void add(ReceiptKey key, String value) {
    try {
      makeWhole();
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        ByteBuffer line = ByteBuffer.wrap((key + "\t" + value + "\n").getBytes(UTF_8));
        while (line.hasRemaining()) {
          channel.write(line);
        }
        channel.force(false);
      }
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  /** A kill may leave half a line, and half a copy: version 0.1.0 made a new one each time. */
  private void makeWhole() throws IOException {
    if (isWhole) {
      return;
    }
    isWhole = true;
    Path folder = file.resolveSibling(".");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> names = Files.list(folder)) {
        List<Path> left =
            names
                .filter(
                    path ->
                        path.getFileName().toString().matches("delivered\\d+\\.tmp")
                            || path.getFileName().equals(copy().getFileName()))
                .toList();
        for (Path path : left) {
          Files.deleteIfExists(path);
        }
      }
    }
    if (Files.exists(file)) {
      cutHalfLine();
    }
  }

  private void cutHalfLine() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      ByteBuffer one = ByteBuffer.allocate(1);
      while (end > 0) {
        one.clear();
        channel.read(one, end - 1);
        if (one.get(0) == '\n') {
          break;
        }
        end--;
      }
      channel.truncate(end);
    }
  }

  private void forget(Window newest) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, UTF_8);
        BufferedWriter kept = Files.newBufferedWriter(copy(), UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Window> of = ReceiptKey.windowOf(line.split("\t", 2)[0]);
        if (of.isPresent() && !of.get().isForgottenAt(newest)) {
          kept.write(line);
          kept.write('\n');
        }
      }
    }
    Files.move(copy(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path copy() {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  private String[] entry(String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 2) {
      throw new DeliveryException(
          "%s has the line \"%s\", which the reporter did not write; correct or remove it"
              .formatted(file, line));
    }
    return parts;
  }

  private DeliveryException failed(String what, Exception e) {
    return new DeliveryException(
        "cannot %s %s (%s); name a file in a writable folder as delivery.file"
            .formatted(what, file, e.getClass().getSimpleName()),
        e);
  }
}
