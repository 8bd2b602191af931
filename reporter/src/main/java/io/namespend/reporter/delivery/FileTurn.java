package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A locked file beside the log. The system unlocks it when the process ends, however it does; the
 * file stays, for it has the name of the installation.
 */
public final class FileTurn implements Turn {
  private final FileChannel channel;
  private final String installation;

  private FileTurn(FileChannel channel, String installation) {
    this.channel = channel;
    this.installation = installation;
  }

  /**
   * Waits until it is ours.
   *
   * @param log the file that remembers
   * @param waiting takes a line when another reporter has it
   */
  public static FileTurn take(Path log, Consumer<String> waiting) {
    Path file = log.toAbsolutePath().resolveSibling(log.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        waiting.accept("%s is locked by another reporter; waiting".formatted(file));
        lock = channel.lock();
      }
      return new FileTurn(channel, installation(channel));
    } catch (IOException e) {
      throw new DeliveryException(
          "cannot lock %s (%s); name a file in a writable folder as delivery.file"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  @Override
  public String installation() {
    return installation;
  }

  /** A lock of the system is not lost. */
  @Override
  public void check() {}

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    }
  }

  private static String installation(FileChannel channel) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(64);
    channel.read(read, 0);
    String known = new String(read.array(), 0, read.position(), UTF_8).strip();
    if (!known.isEmpty()) {
      return known;
    }
    String made = UUID.randomUUID().toString();
    channel.write(ByteBuffer.wrap((made + "\n").getBytes(UTF_8)), 0);
    return made;
  }
}
