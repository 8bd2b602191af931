package io.namespend.ledger.export;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of an export, as it was when it was found.
 *
 * @param size in bytes
 */
public record ExportFile(Path path, long size, Instant modified) {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 8;

  static ExportFile of(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new UnreadableExportException(path + ": is not a file; check the path");
      }
      return new ExportFile(path, attributes.size(), attributes.lastModifiedTime().toInstant());
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  /**
   * @throws UnreadableExportException if it is another file by now
   */
  public void checkUnchanged() {
    if (!of(path).equals(this)) {
      throw new UnreadableExportException(
          path
              + ": changed while it was read, as exports that overwrite files do; import it again");
    }
  }

  /**
   * The plain content of the file.
   *
   * @param progress takes how many more bytes of the file were read
   * @throws UnreadableExportException if it is of a kind that we do not read
   */
  InputStream open(LongConsumer progress) throws IOException {
    InputStream in =
        new BufferedInputStream(new Counted(Files.newInputStream(path), progress), BUFFER);
    in.mark(MAGIC);
    String magic = new String(in.readNBytes(MAGIC), StandardCharsets.ISO_8859_1);
    in.reset();
    if (magic.startsWith("\u001f\u008b")) {
      return new GZIPInputStream(in, BUFFER);
    }
    String refusal = refusal(magic);
    if (!refusal.isEmpty()) {
      in.close();
      throw new UnreadableExportException(path + ": " + refusal);
    }
    return in;
  }

  private static String refusal(String magic) {
    if (magic.startsWith("PAR1")) {
      return "is Parquet, which is not read yet; deliver the export as CSV with gzip, or convert"
          + " it";
    }
    if (magic.startsWith("Obj\u0001")) {
      return "is Avro, which is not read; extract it as JSON lines with gzip";
    }
    if (magic.startsWith("PK")) {
      return "is a zip archive; unzip it, or deliver the export with gzip";
    }
    return magic.startsWith("version ") ? "is a Git LFS pointer; fetch the file itself" : "";
  }

  /** With what to do. */
  static UnreadableExportException unreadable(String where, IOException e) {
    return new UnreadableExportException(where + ": " + reason(e), e);
  }

  private static String reason(IOException e) {
    if (e instanceof EOFException) {
      return "the gzip data ends too early; copy the file again, whole";
    }
    if (e instanceof ZipException) {
      return "the gzip data is damaged (%s); copy the file again".formatted(e.getMessage());
    }
    if (e instanceof NoSuchFileException) {
      return "does not exist; check the path";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied; make it readable";
    }
    String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    return "cannot be read: " + Objects.requireNonNullElse(reason, e.getClass().getSimpleName());
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static final class Counted extends FilterInputStream {
    private final LongConsumer progress;

    Counted(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        progress.accept(1);
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count > 0) {
        progress.accept(count);
      }
      return count;
    }
  }
}
