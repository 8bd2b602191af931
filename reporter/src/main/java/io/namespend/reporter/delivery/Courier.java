package io.namespend.reporter.delivery;

import io.namespend.reporter.digest.PlainText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Brings every parcel to every channel, once; what fails stops nothing else. */
public final class Courier {
  private final DeliveryLog log;
  private final Turn turn;
  private final Consumer<String> failures;

  /**
   * @param turn is ours
   * @param failures takes a line for each channel that failed
   */
  public Courier(DeliveryLog log, Turn turn, Consumer<String> failures) {
    this.log = log;
    this.turn = turn;
    this.failures = failures;
  }

  /** A digest and the ways it goes. */
  public record Round(Parcel parcel, List<Channel> channels) {
    public Round {
      channels = List.copyOf(channels);
    }
  }

  /** How many channels there were, by what became of them. */
  public record Outcome(int delivered, int before, int failed) {
    public String line() {
      return "delivered %d, delivered before %d, failed %d".formatted(delivered, before, failed);
    }
  }

  /**
   * @param resend also what was delivered before
   * @throws DeliveryException if it is not known what was delivered before, or another reporter may
   *     deliver
   */
  public Outcome deliver(Iterable<Round> rounds, boolean resend) {
    // What is sent again on purpose shall not look like what arrived.
    Receipts.Run run =
        new Receipts.Run(log, turn, new HashMap<>(), resend ? UUID.randomUUID().toString() : "");
    Set<Window> loaded = new HashSet<>();
    Map<String, String> known = run.known();
    int delivered = 0;
    int before = 0;
    int failed = 0;
    for (Round round : rounds) {
      Window window = Window.of(round.parcel().brief().week());
      if (!resend && loaded.add(window)) {
        known.putAll(log.load(window));
      }
      for (Channel channel : round.channels()) {
        turn.check();
        int had = known.size();
        try {
          channel.send(
              round.parcel(),
              new Receipts(run, window, round.parcel().brief().scope().key(), channel.key()));
          if (known.size() == had) {
            before++;
          } else {
            delivered++;
          }
        } catch (RuntimeException e) {
          // Also what nobody foresaw: it shall not keep the digest from the others.
          failed++;
          failures.accept(
              "%s of %s: %s"
                  .formatted(
                      channel.key(),
                      round.parcel().brief().scope().key(),
                      PlainText.printable(reason(e))));
        }
      }
    }
    return new Outcome(delivered, before, failed);
  }

  private static String reason(RuntimeException e) {
    return e instanceof DeliveryException ? String.valueOf(e.getMessage()) : e.toString();
  }
}
