package io.namespend.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Finds free ports and waits for servers. */
final class HttpProbe {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** A loopback port that is free now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns when the address answers 200.
   *
   * @throws FailedProcessException if the process ends or the time is over first
   */
  void await(URI address, String name, ChildProcess process, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!answers(address)) {
      if (!process.isAlive()) {
        throw new FailedProcessException(name + " ended at once" + process.lastLines());
      }
      if (System.nanoTime() > deadline) {
        throw new FailedProcessException(
            "%s did not answer at %s within %d s%s"
                .formatted(name, address, patience.toSeconds(), process.lastLines()));
      }
      pause();
    }
  }

  private boolean answers(URI address) {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedProcessException("interrupted");
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedProcessException("interrupted");
    }
  }
}
