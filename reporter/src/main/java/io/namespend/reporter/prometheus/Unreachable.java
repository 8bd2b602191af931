package io.namespend.reporter.prometheus;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says in words why there was no answer. */
final class Unreachable {
  private static final String FORWARD =
      "kubectl -n monitoring port-forward svc/prometheus-operated 9090";

  private Unreachable() {}

  static PrometheusException because(IOException e, PrometheusUrl url, Duration timeout) {
    return new PrometheusException("cannot ask %s: %s".formatted(url, reason(e, timeout)), e);
  }

  private static String reason(IOException e, Duration timeout) {
    if (isCausedBy(e, UnresolvedAddressException.class)
        || isCausedBy(e, UnknownHostException.class)) {
      return "unknown host; check the name. Names of a cluster's Services work only inside it; from"
          + " outside: "
          + FORWARD;
    }
    if (e instanceof HttpTimeoutException) {
      return "no answer within %d s; allow more with --timeout, or check network policies and"
              .formatted(timeout.toSeconds())
          + " the load of Prometheus";
    }
    if (e instanceof ConnectException) {
      return "no connection (%s); is Prometheus running there? From outside the cluster: %s"
          .formatted(detail(e, "refused"), FORWARD);
    }
    if (e instanceof SSLException) {
      return "TLS failed (%s); use the name that its certificate has, and trust its issuer with"
              .formatted(detail(e, "no detail"))
          + " prometheus.ca of the settings file";
    }
    return "the connection broke (%s); check proxies in between, and the log of Prometheus"
        .formatted(detail(e, "closed without an answer"));
  }

  /** Another attempt would end the same way, or take as long again. */
  static boolean isFinal(IOException e) {
    return e instanceof HttpTimeoutException
        || e instanceof SSLException
        || isCausedBy(e, UnresolvedAddressException.class)
        || isCausedBy(e, UnknownHostException.class);
  }

  private static boolean isCausedBy(Throwable e, Class<? extends Throwable> type) {
    return causes(e).anyMatch(type::isInstance);
  }

  private static String detail(IOException e, String otherwise) {
    return causes(e)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(otherwise);
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }
}
