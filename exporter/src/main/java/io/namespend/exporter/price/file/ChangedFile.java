package io.namespend.exporter.price.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A file that is read again only when it changed. Used by one thread. */
final class ChangedFile {
  private final Path path;
  private @Nullable Object lastRead;

  ChangedFile(Path path) {
    this.path = path;
  }

  /**
   * Reads if the file is new; a file that could not be read is tried again.
   *
   * @return whether it was read
   */
  boolean ifChanged(Reader reader) throws IOException {
    return ifChanged("", reader);
  }

  /**
   * Reads if the file is new, or what it is read by.
   *
   * @param by with a text that tells it from others
   */
  boolean ifChanged(Object by, Reader reader) throws IOException {
    if (!Files.isReadable(path)) {
      throw new NoSuchFileException(path + " does not exist or cannot be read; check the path");
    }
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    // A mounted ConfigMap is a link: its target changes and may have the same time and size.
    Object state = path.toRealPath() + " " + now.lastModifiedTime() + " " + now.size() + by;
    if (state.equals(lastRead)) {
      return false;
    }
    if (now.size() > mostBytes()) {
      throw new IOException(
          "%s has %,d KiB; with this heap a file may have %,d KiB; give the exporter a larger -Xmx"
              .formatted(path, now.size() >> 10, mostBytes() >> 10));
    }
    reader.read(path);
    lastRead = state;
    return true;
  }

  /** Read, a file takes some twenty times as much, beside all else. */
  static long mostBytes() {
    return Runtime.getRuntime().maxMemory() / 32;
  }

  /** Reads the whole file, or throws and changes nothing. */
  interface Reader {
    void read(Path path) throws IOException;
  }
}
