package io.namespend.reporter.prometheus;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Queries against one Prometheus. Of series that rules record or the exporter publishes it asks for
 * those only, whoever else has some of these names. Not for use by several threads.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
 */
public final class PrometheusClient {
  /** What a broken connection or a restarting server gets before another attempt. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofMillis(2_000));

  /** A server that wants a longer rest than this does not answer in this run. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);

  private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);

  private final Connection connection;
  private final HttpClient http;
  private final Pause pause;
  private final Consumer<String> warnings;
  private final Set<String> warned = new LinkedHashSet<>();

  /**
   * @param warnings takes each warning of Prometheus once
   */
  public PrometheusClient(
      Connection connection, HttpClient http, Pause pause, Consumer<String> warnings) {
    this.connection = requireNonNull(connection, "connection");
    this.http = requireNonNull(http, "http");
    this.pause = requireNonNull(pause, "pause");
    this.warnings = requireNonNull(warnings, "warnings");
  }

  public static PrometheusClient of(Connection connection, Consumer<String> warnings) {
    return new PrometheusClient(connection, connection.http(), Pause.SLEEP, warnings);
  }

  public static PrometheusClient of(
      PrometheusUrl url, Duration timeout, Consumer<String> warnings) {
    return of(Connection.open(url, timeout), warnings);
  }

  /**
   * @return the vector, possibly empty, in no order
   * @throws PrometheusException if there is no answer, or none that is a vector
   */
  public List<Sample> query(String question, Instant at) {
    String promql = Origin.of(question);
    HttpResponse<byte[]> response = sendPatiently(connection.url().instantQuery(promql, at));
    return heeding(new Answer(connection.url(), promql).vector(response));
  }

  /**
   * @param start the first evaluation
   * @param end the last one at most
   * @return the series, possibly none, in no order
   * @throws PrometheusException if there is no answer, or none that is a matrix
   */
  public List<Series> range(String question, Instant start, Instant end, Duration step) {
    String promql = Origin.of(question);
    HttpResponse<byte[]> response =
        sendPatiently(connection.url().rangeQuery(promql, start, end, step));
    return heeding(new Answer(connection.url(), promql).matrix(response));
  }

  /** How long samples are kept, if it is Prometheus that answers, and it keeps them for a time. */
  public Optional<Duration> retention() {
    try {
      return Retention.in(sendPatiently(connection.url().runtimeInfo()));
    } catch (PrometheusException e) {
      // What stands before it may let queries through only.
      return Optional.empty();
    }
  }

  /** What Prometheus warned of so far, such as stores that did not answer. */
  public List<String> warned() {
    return List.copyOf(warned);
  }

  private <T> List<T> heeding(Answer.Result<T> result) {
    result.warnings().stream().filter(warned::add).forEach(warnings);
    return result.elements();
  }

  private HttpResponse<byte[]> sendPatiently(URI uri) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("User-Agent", "namespend-reporter");
    connection.headers().forEach(request::setHeader);
    for (Duration before : PAUSES) {
      try {
        HttpResponse<byte[]> response = send(request.build());
        Duration rest = retryAfter(response).orElse(before);
        if (!BUSY.contains(response.statusCode()) || rest.compareTo(LONGEST_REST) > 0) {
          return response;
        }
        rest(rest);
      } catch (IOException e) {
        if (Unreachable.isFinal(e)) {
          throw Unreachable.because(e, connection.url(), connection.timeout());
        }
        rest(before);
      }
    }
    try {
      return send(request.build());
    } catch (IOException e) {
      throw Unreachable.because(e, connection.url(), connection.timeout());
    }
  }

  /** In seconds; a date, which proxies hardly send, counts as absent. */
  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,9}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  /** A timeout of the request alone would not cover the body, hence the future. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(connection.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no complete answer");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      answer.cancel(true);
    }
  }

  private void rest(Duration duration) {
    try {
      pause.pause(duration);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private PrometheusException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PrometheusException("interrupted while waiting for " + connection.url(), e);
  }
}
