package io.namespend.exporter.cluster.watch;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A response that is read while it arrives, and which gives up when nothing does: a peer that is
 * gone without a word leaves a connection open for ever.
 */
final class ResponseBody extends InputStream {
  /** The last piece has no bytes. */
  private record Piece(List<ByteBuffer> buffers, long nanoTime) {}

  /** Pieces asked for at a time: one may arrive while another is read. */
  private static final int AHEAD = 2;

  /** What was sent already arrives within it, so that after it nothing more is under way. */
  private static final Duration MORE = Duration.ofMillis(5);

  private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> unread = new ArrayDeque<>();
  private final AsyncBody body;
  private final Duration rest;
  private final Waiting waiting;
  private volatile @Nullable Throwable failure;
  private long readArrivedAt;
  private boolean ended;
  private int askedFor;
  private long deadline;

  /**
   * @param body of which nothing was consumed yet
   * @param patience until it is allowed anew; it must do for the first byte, which a JSON parser
   *     reads when it is created
   * @param rest to wait for more when something arrives: many small parts take more time when each
   *     is read at once
   */
  ResponseBody(AsyncBody body, Duration patience, Duration rest, Waiting waiting) {
    this.body = body;
    this.rest = rest;
    this.waiting = waiting;
    allow(patience);
    var unused =
        body.done()
            .whenComplete(
                (nothing, problem) -> {
                  failure = problem;
                  arrived.add(new Piece(List.of(), waiting.nanoTime()));
                });
  }

  /** Takes what arrived; called by the HTTP client. */
  void offer(List<ByteBuffer> buffers) {
    if (!buffers.isEmpty()) {
      arrived.add(new Piece(buffers, waiting.nanoTime()));
    }
  }

  /** How long ago that arrived which was read last. */
  Duration age() {
    return Duration.ofNanos(waiting.nanoTime() - readArrivedAt);
  }

  /** From now on, reading may take so long altogether. */
  void allow(Duration patience) {
    deadline = waiting.nanoTime() + patience.toNanos();
  }

  /**
   * @throws SocketTimeoutException if it takes longer than allowed
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }

  @Override
  public int read() throws IOException {
    ByteBuffer buffer = next();
    return buffer == null ? -1 : buffer.get() & 0xff;
  }

  /** Breaks the connection if the response has not ended. */
  @Override
  public void close() {
    body.cancel();
  }

  private @Nullable ByteBuffer next() throws IOException {
    while (true) {
      ByteBuffer first = unread.peek();
      if (first != null && first.hasRemaining()) {
        return first;
      }
      if (first != null) {
        unread.remove();
      } else if (ended) {
        return null;
      } else {
        await();
      }
    }
  }

  private void await() throws IOException {
    for (; askedFor < AHEAD; askedFor++) {
      body.consume();
    }
    Duration left = Duration.ofNanos(deadline - waiting.nanoTime());
    Piece piece = poll(MORE.compareTo(left) < 0 ? MORE : left);
    if (piece == null) {
      piece = poll(Duration.ofNanos(deadline - waiting.nanoTime()));
      if (piece == null) {
        throw new SocketTimeoutException("nothing arrived in time");
      }
      rest();
    }
    askedFor--;
    unread.addAll(piece.buffers);
    readArrivedAt = piece.nanoTime;
    if (piece.buffers.isEmpty()) {
      ended = true;
      if (failure != null) {
        throw new IOException("the connection broke", failure);
      }
    }
  }

  private @Nullable Piece poll(Duration patience) throws IOException {
    try {
      return waiting.poll(arrived, patience);
    } catch (InterruptedException e) {
      throw stopped();
    }
  }

  private void rest() throws IOException {
    try {
      waiting.pause(rest);
    } catch (InterruptedException e) {
      throw stopped();
    }
  }

  private static IOException stopped() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("stopped");
  }
}
