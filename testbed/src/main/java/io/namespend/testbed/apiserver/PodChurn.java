package io.namespend.testbed.apiserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Changes pods at a rate. Pods are replaced in five changes each: terminating, deleted, created,
 * scheduled, running; many at a time. Kubelets report besides.
 */
final class PodChurn implements Runnable {
  private static final int AT_A_TIME = 500;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Pods pods;
  private final Nodes nodes;
  private final Random random;
  private final Deque<Integer> replacing = new ArrayDeque<>();
  private volatile int perMinute;

  PodChurn(Pods pods, Nodes nodes, long seed) {
    this.pods = pods;
    this.nodes = nodes;
    random = new Random(seed);
  }

  /**
   * @param changes of pods; 0 leaves them as they are
   */
  void setPerMinute(int changes) {
    perMinute = changes;
  }

  /** Returns when its thread is interrupted. */
  @Override
  public void run() {
    long last = System.nanoTime();
    double podsDue = 0;
    double nodesDue = 0;
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(TICK_NANOS);
        double minutes = (System.nanoTime() - last) / 60e9;
        last = System.nanoTime();
        for (podsDue += perMinute * minutes; podsDue >= 1; podsDue--) {
          changePod();
        }
        for (nodesDue += nodes.places() * minutes / Nodes.REPORT.toMinutes();
            nodesDue >= 1;
            nodesDue--) {
          nodes.report();
        }
      }
    } catch (InterruptedException e) {
      // The server closes.
      Thread.currentThread().interrupt();
    }
  }

  private void changePod() {
    if (replacing.size() < Math.min(AT_A_TIME, 1 + pods.places() / 10)) {
      int place = random.nextInt(pods.places());
      if (pods.phase(place) == Pods.Phase.RUNNING) {
        pods.step(place);
        replacing.add(place);
        return;
      }
    }
    int place = replacing.remove();
    pods.step(place);
    if (pods.phase(place) != Pods.Phase.RUNNING) {
      replacing.add(place);
    }
  }
}
