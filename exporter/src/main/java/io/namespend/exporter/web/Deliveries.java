package io.namespend.exporter.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Pages that are being sent. A client that does not take what it asked for is cut off after a few
 * seconds, and before that when others want its place.
 */
final class Deliveries implements AutoCloseable {
  /** Two replicas of Prometheus, an agent, somebody looking, and some that are slow. */
  static final int MOST = 32;

  /** A piece of 16 KiB takes less over any link that a scrape can use. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long a scrape waits for a place: many that ask at once are done within less. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  private static final int PIECE = 16 * 1024;

  private final LongSupplier nanoTime;
  private final Duration wait;
  private final ScheduledExecutorService timer;
  private final AtomicLong cut = new AtomicLong();

  /** The oldest first. */
  private final Deque<Delivery> current = new ArrayDeque<>();

  Deliveries() {
    this(System::nanoTime, WAIT);
    var unused = timer.scheduleWithFixedDelay(this::cutTheSlow, 1, 1, TimeUnit.SECONDS);
  }

  /** One that cuts only when it is told. */
  Deliveries(LongSupplier nanoTime, Duration wait) {
    this.nanoTime = nanoTime;
    this.wait = wait;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "slow readers");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many clients did not take their page in time. */
  long cut() {
    return cut.get();
  }

  /**
   * On this thread a page is sent from now on.
   *
   * @return empty if too many are, none of them is slow, and none ends for a while
   */
  synchronized Optional<Delivery> begin() {
    awaitPlace();
    if (current.size() >= MOST) {
      if (!isOldestSlow()) {
        return Optional.empty();
      }
      cut(current.removeFirst());
    }
    Delivery delivery = new Delivery(Thread.currentThread(), nanoTime.getAsLong());
    current.addLast(delivery);
    return Optional.of(delivery);
  }

  private boolean isOldestSlow() {
    return nanoTime.getAsLong() - current.getFirst().begun >= PATIENCE.toNanos();
  }

  private synchronized void awaitPlace() {
    long end = System.nanoTime() + wait.toNanos();
    try {
      while (current.size() >= MOST && !isOldestSlow()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void cutTheSlow() {
    long now = nanoTime.getAsLong();
    for (Iterator<Delivery> each = current.iterator(); each.hasNext(); ) {
      Delivery delivery = each.next();
      if (delivery.isWriting && now - delivery.progress > PATIENCE.toNanos()) {
        each.remove();
        cut(delivery);
        notifyAll();
      }
    }
  }

  /** An interrupt closes the connection of a thread that writes to it. */
  private void cut(Delivery delivery) {
    cut.incrementAndGet();
    delivery.isCut = true;
    delivery.thread.interrupt();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One page on its way. */
  final class Delivery implements AutoCloseable {
    private final Thread thread;
    private final long begun;
    private volatile long progress;
    private volatile boolean isWriting;
    private boolean isCut;

    private Delivery(Thread thread, long now) {
      this.thread = thread;
      this.begun = now;
      this.progress = now;
    }

    /** Writes to the client in pieces, whose progress is watched. */
    OutputStream to(OutputStream client) {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          for (int done = 0; done < length; done += PIECE) {
            progress = nanoTime.getAsLong();
            isWriting = true;
            client.write(bytes, offset + done, Math.min(PIECE, length - done));
            isWriting = false;
          }
        }

        @Override
        public void flush() throws IOException {
          progress = nanoTime.getAsLong();
          isWriting = true;
          client.flush();
          isWriting = false;
        }

        @Override
        public void close() throws IOException {
          progress = nanoTime.getAsLong();
          isWriting = true;
          client.close();
          isWriting = false;
        }
      };
    }

    /** The thread does other things from now on. */
    @Override
    public void close() {
      synchronized (Deliveries.this) {
        current.remove(this);
        Deliveries.this.notifyAll();
        if (isCut) {
          // It was meant for this page alone.
          boolean unused = Thread.interrupted();
        }
      }
    }
  }
}
