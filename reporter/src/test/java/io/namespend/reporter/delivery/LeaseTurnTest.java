package io.namespend.reporter.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time is what the pauses make of it. */
final class LeaseTurnTest {
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/costs/leases/delivered";

  private final StandInKubernetes kubernetes = StandInKubernetes.start();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);
  private final List<String> said = new ArrayList<>();

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  @Test
  void theNextOneWaitsUntilTheFirstIsReady() {
    LeaseTurn first = take("one");
    List<String> order = new ArrayList<>();

    try (LeaseTurn second =
        LeaseTurn.take(
            place("two"),
            pause -> {
              nanos.addAndGet(pause.toNanos());
              first.renew();
              order.add("waits");
              if (order.size() == 30) {
                first.check();
                first.close();
              }
            },
            said::add,
            false)) {
      order.add("delivers");
      second.check();
      assertThat(second.installation()).isNotEmpty().isEqualTo(first.installation());
    }

    assertThat(order).hasSize(31).endsWith("waits", "delivers");
    assertThat(said)
        .containsExactly("Lease costs/delivered is held by one, another reporter; waiting");
    assertThat(kubernetes.text(LEASE)).contains("\"holderIdentity\":\"\"");
  }

  /** A killed reporter renews nothing. What its clock said does not matter. */
  @Test
  void aKilledReportersTurnEnds() {
    kubernetes.put(
        LEASE,
        """
        {"spec": {"holderIdentity": "killed", "leaseDurationSeconds": 45,
          "renewTime": "2099-01-01T00:00:00.000000Z"}}
        """);

    AtomicLong waited = new AtomicLong();
    LeaseTurn turn = LeaseTurn.take(place("next"), pause -> wait(pause, waited), said::add, false);

    assertThat(Duration.ofNanos(waited.get()))
        .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(50));
    turn.check();
    assertThat(kubernetes.text(LEASE))
        .contains("\"holderIdentity\":\"next\"", "\"renewTime\":\"2026-11-16T09:00:00.000000Z\"");
  }

  /** A process that was stopped for a while shall not go on beside the next one. */
  @Test
  void whoCouldNotRenewDeliversNoMore() {
    LeaseTurn paused = take("paused");
    nanos.addAndGet(Duration.ofSeconds(36).toNanos());
    assertThatThrownBy(paused::check)
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("another reporter may deliver; run this one again");

    // The other one saw it unchanged for its whole time.
    LeaseTurn next =
        LeaseTurn.take(place("next"), pause -> wait(pause, new AtomicLong()), said::add, false);
    next.check();
    paused.renew();
    assertThatThrownBy(paused::check).isInstanceOf(DeliveryException.class);
    paused.close();
    assertThat(kubernetes.text(LEASE)).contains("\"holderIdentity\":\"next\"");
  }

  @Test
  void anApiServerThatIsAwayForAWhileEndsNothing() {
    LeaseTurn turn = take("one");
    kubernetes.answerAlways(503);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    turn.renew();
    turn.check();
    kubernetes.answerAlways(0);
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    turn.renew();
    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
    turn.check();
  }

  @Test
  void givesUpWhenAnotherOneIsNeverReady() {
    LeaseTurn first = take("stuck");

    assertThatThrownBy(
            () ->
                LeaseTurn.take(
                    place("two"),
                    pause -> {
                      nanos.addAndGet(pause.toNanos());
                      first.renew();
                    },
                    said::add,
                    false))
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "Lease costs/delivered is held by stuck for 20 minutes; end that reporter, or run this"
                + " one later");
  }

  @Test
  void namesTheRightsItNeeds() {
    kubernetes.answerAlways(403);

    assertThatThrownBy(() -> take("one"))
        .hasMessage(
            "Lease costs/delivered: the Kubernetes API answers HTTP 403; allow the reporter's"
                + " service account to get, create and update it");
  }

  private LeaseTurn take(String holder) {
    return LeaseTurn.take(place(holder), pause -> wait(pause, new AtomicLong()), said::add, false);
  }

  private void wait(Duration pause, AtomicLong waited) {
    nanos.addAndGet(pause.toNanos());
    waited.addAndGet(pause.toNanos());
  }

  private LeaseTurn.Place place(String holder) {
    return new LeaseTurn.Place(
        kubernetes.api(),
        "costs",
        "delivered",
        holder,
        Clock.fixed(Instant.parse("2026-11-16T09:00:00Z"), ZoneOffset.UTC),
        nanos::get);
  }
}
