package io.namespend.reporter.delivery;

import io.namespend.reporter.digest.PlainText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Brings every parcel to every channel, once; what fails stops nothing else. */
public final class Courier {
  private final DeliveryLog log;
  private final Consumer<String> failures;

  /**
   * @param failures takes a line for each channel that failed
   */
  public Courier(DeliveryLog log, Consumer<String> failures) {
    this.log = log;
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
   * @throws DeliveryException if it is not known what was delivered before
   */
  public Outcome deliver(Iterable<Round> rounds, boolean resend) {
    Map<String, String> known = new HashMap<>(resend ? Map.of() : log.load());
    int delivered = 0;
    int before = 0;
    int failed = 0;
    for (Round round : rounds) {
      for (Channel channel : round.channels()) {
        int had = known.size();
        try {
          channel.send(round.parcel(), receipts(round.parcel(), channel, known));
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

  /** The key of a run is the report and its window; the window's end is the second word. */
  private Receipts receipts(Parcel parcel, Channel channel, Map<String, String> known) {
    String prefix =
        "weekly %s %dh %s %s"
            .formatted(
                parcel.brief().week().end(),
                parcel.brief().week().length().toHours(),
                parcel.brief().scope().key().replaceAll("\\s+", "_"),
                channel.key().replaceAll("\\s+", "_"));
    return new Receipts(log, known, prefix);
  }
}
