package io.namespend.reporter.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.reporter.delivery.KubernetesApi.Answer;
import io.namespend.reporter.prometheus.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A Lease of the cluster: whoever starts a reporter, and wherever it runs, one delivers and the
 * others wait. Clocks of machines are not compared: a lease has ended when it was not renewed for
 * its time while we looked.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/leases/">Leases</a>
 */
public final class LeaseTurn implements Turn {
  static final Duration HELD = Duration.ofSeconds(45);
  private static final Duration RENEWED_EACH = Duration.ofSeconds(10);

  /** Less than it is held, so that who lost it is silent before the next one speaks. */
  private static final Duration SURE = Duration.ofSeconds(35);

  private static final Duration LOOKED_AT_EACH = Duration.ofSeconds(3);

  /** Longer than a run takes; a Job waits no longer than its deadline anyway. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Place place;
  private final Optional<ScheduledExecutorService> renewals;
  private ObjectNode lease;
  private long renewedAt;
  private boolean isLost;

  /**
   * Where the lease is, and who wants it.
   *
   * @param holder unique among all reporters
   * @param clock for people who look at the lease
   * @param nanos time that passes, of no clock
   */
  public record Place(
      KubernetesApi api,
      String namespace,
      String name,
      String holder,
      Clock clock,
      LongSupplier nanos) {
    private String all() {
      return "/apis/coordination.k8s.io/v1/namespaces/%s/leases".formatted(namespace);
    }

    private String one() {
      return all() + "/" + name;
    }

    @Override
    public String toString() {
      return "Lease %s/%s".formatted(namespace, name);
    }
  }

  private LeaseTurn(Place place, ObjectNode lease, long renewedAt, boolean renewsItself) {
    this.place = place;
    this.lease = lease;
    this.renewedAt = renewedAt;
    renewals = renewsItself ? Optional.of(renewals()) : Optional.empty();
  }

  /**
   * Waits until it is ours.
   *
   * @param waiting takes a line when another reporter has it
   * @throws DeliveryException if it has it for too long, or if we may not have it
   */
  public static LeaseTurn take(Place place, Pause pause, Consumer<String> waiting) {
    return take(place, pause, waiting, true);
  }

  static LeaseTurn take(Place place, Pause pause, Consumer<String> waiting, boolean renewsItself) {
    long begun = place.nanos().getAsLong();
    String seen = "";
    long seenAt = begun;
    boolean hasSaid = false;
    while (true) {
      long now = place.nanos().getAsLong();
      Answer found = place.api().get(place.one(), place.toString());
      if (!found.isMissing()) {
        found.expect(200, place.toString(), "get, create and update");
      }
      String state = found.resourceVersion();
      if (!state.equals(seen)) {
        seen = state;
        seenAt = now;
      }
      if (found.isMissing() || isFree(found.body(), place, now - seenAt)) {
        Optional<ObjectNode> taken = write(place, found);
        if (taken.isPresent()) {
          return new LeaseTurn(place, taken.get(), now, renewsItself);
        }
        continue;
      }
      String holder = found.body().path("spec").path("holderIdentity").asText();
      if (now - begun > PATIENCE.toNanos()) {
        throw new DeliveryException(
            "%s is held by %s for %d minutes; end that reporter, or run this one later"
                .formatted(place, holder, PATIENCE.toMinutes()));
      }
      if (!hasSaid) {
        waiting.accept("%s is held by %s, another reporter; waiting".formatted(place, holder));
        hasSaid = true;
      }
      pause(pause);
    }
  }

  @Override
  public synchronized String installation() {
    return lease.path("metadata").path("uid").asText();
  }

  @Override
  public synchronized void check() {
    if (isLost || place.nanos().getAsLong() - renewedAt > SURE.toNanos()) {
      throw new DeliveryException(
          "%s could not be renewed, so another reporter may deliver; run this one again"
              .formatted(place));
    }
  }

  /** Keeps it; what goes wrong shows when somebody asks for it. */
  synchronized void renew() {
    long now = place.nanos().getAsLong();
    try {
      Answer written = place.api().put(place.one(), renewed(place, lease), place.toString());
      if (written.isConflict()) {
        // Somebody else wrote it: only annotations perhaps.
        Answer found = place.api().get(place.one(), place.toString());
        if (found.status() == 200 && isOurs(found.body())) {
          lease = found.body();
        } else {
          isLost = true;
        }
      } else if (written.status() == 200) {
        lease = written.body();
        renewedAt = now;
      }
    } catch (DeliveryException e) {
      // The API server does not answer. It will before long, or else check() says so.
    }
  }

  @Override
  public void close() {
    renewals.ifPresent(ScheduledExecutorService::shutdownNow);
    synchronized (this) {
      if (isLost) {
        return;
      }
      ObjectNode free = lease.deepCopy();
      free.withObject("/spec").put("holderIdentity", "");
      try {
        place.api().put(place.one(), free, place.toString());
      } catch (DeliveryException e) {
        // Then it ends by itself.
      }
    }
  }

  private ScheduledExecutorService renewals() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease");
              thread.setDaemon(true);
              return thread;
            });
    // If it ever fails, nothing is renewed any more, and check() says so.
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            this::renew, RENEWED_EACH.toSeconds(), RENEWED_EACH.toSeconds(), TimeUnit.SECONDS);
    return executor;
  }

  private boolean isOurs(JsonNode found) {
    return found.path("spec").path("holderIdentity").asText().equals(place.holder());
  }

  /**
   * @param unchanged nanoseconds for which we saw it as it is
   */
  private static boolean isFree(ObjectNode lease, Place place, long unchanged) {
    JsonNode spec = lease.path("spec");
    String holder = spec.path("holderIdentity").asText();
    long seconds = Math.min(300, spec.path("leaseDurationSeconds").asLong(HELD.toSeconds()));
    return holder.isEmpty()
        || holder.equals(place.holder())
        || unchanged > TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Empty if another one was faster. */
  private static Optional<ObjectNode> write(Place place, Answer found) {
    boolean isNew = found.isMissing();
    ObjectNode mine = isNew ? empty(place) : renewed(place, found.body());
    mine.withObject("/spec").put("acquireTime", MICRO_TIME.format(place.clock().instant()));
    Answer written =
        isNew
            ? place.api().post(place.all(), mine, place.toString())
            : place.api().put(place.one(), mine, place.toString());
    return written.isConflict()
        ? Optional.empty()
        : Optional.of(
            written.expect(isNew ? 201 : 200, place.toString(), "get, create and update").body());
  }

  private static ObjectNode empty(Place place) {
    ObjectNode lease = KubernetesApi.JSON.createObjectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", place.name()).put("namespace", place.namespace());
    return renewed(place, lease);
  }

  private static ObjectNode renewed(Place place, ObjectNode lease) {
    ObjectNode renewed = lease.deepCopy();
    renewed
        .withObject("/spec")
        .put("holderIdentity", place.holder())
        .put("leaseDurationSeconds", HELD.toSeconds())
        .put("renewTime", MICRO_TIME.format(place.clock().instant()));
    return renewed;
  }

  private static void pause(Pause pause) {
    try {
      pause.pause(LOOKED_AT_EACH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("interrupted", e);
    }
  }
}
