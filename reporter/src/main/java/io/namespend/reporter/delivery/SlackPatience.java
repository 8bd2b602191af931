package io.namespend.reporter.delivery;

import io.namespend.reporter.prometheus.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Calls Slack again when it is busy, after as long a rest as it wants. */
final class SlackPatience {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));
  private static final Duration LONGEST_REST = Duration.ofSeconds(90);

  private final Pause pause;

  SlackPatience(Pause pause) {
    this.pause = pause;
  }

  /** Slack is busy. */
  static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient Optional<Duration> rest;

    /**
     * @param retryAfter the header, possibly blank
     */
    BusyException(int status, String retryAfter) {
      super("Slack answers HTTP " + status);
      this.status = status;
      rest =
          retryAfter.matches("\\d{1,9}")
              ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)))
              : Optional.empty();
    }

    static boolean isBusy(int status) {
      return status == 429 || status >= 500;
    }
  }

  /** One call. */
  @FunctionalInterface
  interface Call<T> {
    T send() throws BusyException, IOException;
  }

  <T> T send(Call<T> call) {
    for (Duration before : PAUSES) {
      try {
        return call.send();
      } catch (BusyException e) {
        Duration rest = e.rest.orElse(before);
        if (rest.compareTo(LONGEST_REST) > 0) {
          throw givenUp(e);
        }
        rest(rest);
      } catch (IOException e) {
        throw broken(e);
      }
    }
    try {
      return call.send();
    } catch (BusyException e) {
      throw givenUp(e);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void rest(Duration duration) {
    try {
      pause.pause(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("interrupted while waiting for Slack", e);
    }
  }

  private static DeliveryException givenUp(BusyException e) {
    return new DeliveryException(
        e.status == 429
            ? "Slack wants fewer messages (HTTP 429); run the reporter again later"
            : "Slack is out of order (HTTP %d); run the reporter again later".formatted(e.status),
        e);
  }

  /** Not sent again at once: it may have arrived. */
  private static DeliveryException broken(IOException e) {
    return new DeliveryException(
        "no connection to Slack (%s); check proxies and network policies"
            .formatted(e.getClass().getSimpleName()),
        e);
  }
}
