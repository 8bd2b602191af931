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

  /**
   * Something for an audience, and the ways it goes.
   *
   * @param scope what it is and whose, as receipts remember it
   */
  public record Round(Window window, String scope, List<Way> ways) {
    public Round {
      ways = List.copyOf(ways);
    }

    /** A digest. */
    public Round(Parcel parcel, List<Channel> channels) {
      this(
          Window.of(parcel.brief().week()),
          parcel.brief().scope().key(),
          channels.stream()
              .map(channel -> new Way(channel.key(), receipts -> channel.send(parcel, receipts)))
              .toList());
    }
  }

  /**
   * One way to one audience.
   *
   * @param key stable between runs, and without secrets
   * @param send sends what has no receipt yet
   */
  public record Way(String key, Consumer<Receipts> send) {}

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
      Window window = round.window();
      if (!resend && loaded.add(window)) {
        known.putAll(log.load(window));
      }
      for (Way way : round.ways()) {
        turn.check();
        int had = known.size();
        try {
          way.send().accept(new Receipts(run, window, round.scope(), way.key()));
          if (known.size() == had) {
            before++;
          } else {
            delivered++;
          }
        } catch (RuntimeException e) {
          // Also what nobody foresaw: it shall not keep the digest from the others.
          failed++;
          failures.accept(
              "%s of %s: %s".formatted(way.key(), round.scope(), PlainText.printable(reason(e))));
        }
      }
    }
    return new Outcome(delivered, before, failed);
  }

  private static String reason(RuntimeException e) {
    return e instanceof DeliveryException ? String.valueOf(e.getMessage()) : e.toString();
  }
}
