package io.namespend.exporter.cluster.watch;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a thread waits for what arrives. A test lets minutes pass at once. */
interface Waiting {
  /** By the clock of the machine. */
  Waiting REAL =
      new Waiting() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience)
            throws InterruptedException {
          return queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          Thread.sleep(duration.toMillis());
        }
      };

  /** As {@link System#nanoTime}. */
  long nanoTime();

  /**
   * The first of a queue, null if nothing arrived in that time. What is there already is returned
   * even without any patience.
   */
  <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience) throws InterruptedException;

  void pause(Duration duration) throws InterruptedException;
}
