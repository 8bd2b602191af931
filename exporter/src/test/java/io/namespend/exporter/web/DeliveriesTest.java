package io.namespend.exporter.web;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  private final AtomicLong now = new AtomicLong();
  private final Deliveries deliveries = new Deliveries(now::get, Duration.ZERO);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    deliveries.close();
    threads.shutdownNow();
  }

  @Test
  void cutsWhoTakesNothingForFiveSeconds() throws Exception {
    Stuck stuck = new Stuck();

    pass(Duration.ofSeconds(5));
    deliveries.cutTheSlow();
    assertThat(stuck.result.isDone()).isFalse();

    pass(Duration.ofMillis(1));
    deliveries.cutTheSlow();
    assertThat(stuck.problem()).isInstanceOf(ClosedByInterruptException.class);
    assertThat(deliveries.cut()).isEqualTo(1);
    assertThat(stuck.isInterruptedAfterwards()).as("the thread serves others next").isFalse();
  }

  @Test
  void leavesAloneWhoIsNotWriting() {
    try (Deliveries.Delivery making = deliveries.begin().orElseThrow()) {
      pass(Duration.ofMinutes(1));
      deliveries.cutTheSlow();

      assertThat(making).isNotNull();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void theOldestMakesRoomOnceItHadItsTime() throws Exception {
    List<Stuck> stuck = new ArrayList<>();
    for (int i = 0; i < Deliveries.MOST; i++) {
      stuck.add(new Stuck());
    }
    assertThat(deliveries.begin()).as("nobody had its time yet").isEmpty();

    pass(Duration.ofSeconds(5));
    assertThat(deliveries.begin()).isPresent();
    assertThat(stuck.get(0).problem()).isInstanceOf(ClosedByInterruptException.class);
    assertThat(stuck.subList(1, stuck.size())).noneMatch(each -> each.result.isDone());
  }

  /** Many that ask at once are served one after the other. */
  @Test
  void waitsForAPlace() throws Exception {
    try (Deliveries patient = new Deliveries(now::get, Duration.ofMinutes(1))) {
      List<Deliveries.Delivery> all = new ArrayList<>();
      for (int i = 0; i < Deliveries.MOST; i++) {
        all.add(patient.begin().orElseThrow());
      }
      CompletableFuture<Boolean> next =
          CompletableFuture.supplyAsync(() -> patient.begin().isPresent(), threads);

      all.get(7).close();

      assertThat(next.get()).isTrue();
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** Writes to a pipe that nobody reads. */
  private final class Stuck {
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final Pipe pipe;

    Stuck() throws Exception {
      pipe = Pipe.open();
      CountDownLatch begun = new CountDownLatch(1);
      AtomicLong written = new AtomicLong();
      threads.execute(
          () -> {
            try (Deliveries.Delivery delivery = deliveries.begin().orElseThrow()) {
              begun.countDown();
              OutputStream out = delivery.to(new ToPipe(written));
              out.write(new byte[10_000_000]);
              result.complete(null);
            } catch (IOException e) {
              result.completeExceptionally(e);
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
          });
      begun.await();
      eventually(() -> assertThat(written.get()).isPositive());
      long before;
      do {
        before = written.get();
        Thread.onSpinWait();
      } while (written.get() != before);
    }

    Throwable problem() throws InterruptedException {
      try {
        result.get();
        throw new AssertionError("it was not cut");
      } catch (ExecutionException e) {
        return Objects.requireNonNull(e.getCause());
      }
    }

    boolean isInterruptedAfterwards() throws Exception {
      return interrupted.get();
    }

    private final class ToPipe extends OutputStream {
      private final AtomicLong written;

      ToPipe(AtomicLong written) {
        this.written = written;
      }

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
          written.addAndGet(pipe.sink().write(buffer));
        }
      }
    }
  }
}
