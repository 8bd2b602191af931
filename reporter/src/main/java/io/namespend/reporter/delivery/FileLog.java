package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** Remembers in a file, which is replaced as a whole: it is never half written. */
public final class FileLog implements DeliveryLog {
  private final Path file;

  public FileLog(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public Map<String, String> load() {
    try {
      return LogText.parse(Files.readString(file, UTF_8), file.toString());
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  @Override
  public void add(String key, String value) {
    Map<String, String> entries = new TreeMap<>(load());
    entries.put(key, value);
    try {
      Path written = Files.createTempFile(file.getParent(), "delivered", ".tmp");
      Files.writeString(written, LogText.format(entries), UTF_8);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  private DeliveryException failed(String what, IOException e) {
    return new DeliveryException(
        "cannot %s %s (%s); name a file in a writable folder as delivery.file"
            .formatted(what, file, e.getClass().getSimpleName()),
        e);
  }
}
