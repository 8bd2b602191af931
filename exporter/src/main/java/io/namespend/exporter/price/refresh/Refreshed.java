package io.namespend.exporter.price.refresh;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Prices that come from outside and are fetched again from time to time. */
public interface Refreshed {
  /** As in the metric label {@code source}. */
  String name();

  /**
   * Fetches what is due, which is often nothing; called by one thread at a time, never by one that
   * prices. What is already known stays if this fails.
   *
   * @return whether a price may have changed
   * @throws PriceUnknownException if all that was due was answered, and some prices are not known
   * @throws IOException if a price that is due could not be had; the message says why
   */
  boolean refresh(Instant now) throws IOException, InterruptedException;

  /**
   * After a refresh at {@code now} that did not fail: when the newest price was fetched. Empty
   * before there was anything to fetch.
   */
  default Optional<Instant> asOf(Instant now) {
    return Optional.of(now);
  }
}
