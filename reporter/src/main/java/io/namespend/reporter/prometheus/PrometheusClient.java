package io.namespend.reporter.prometheus;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * Instant queries against one Prometheus. Not for use by several threads.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP API</a>
 */
public final class PrometheusClient {
  /** What a broken connection or a restarting server gets before another attempt. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofMillis(2_000));

  private final PrometheusUrl url;
  private final HttpClient http;
  private final Duration timeout;
  private final Pause pause;
  private final Consumer<String> warnings;
  private final Set<String> warned = new HashSet<>();

  /**
   * @param timeout for each attempt, from connecting to the last byte
   * @param warnings takes each warning of Prometheus once
   */
  public PrometheusClient(
      PrometheusUrl url,
      HttpClient http,
      Duration timeout,
      Pause pause,
      Consumer<String> warnings) {
    this.url = requireNonNull(url, "url");
    this.http = requireNonNull(http, "http");
    this.timeout = requireNonNull(timeout, "timeout");
    this.pause = requireNonNull(pause, "pause");
    this.warnings = requireNonNull(warnings, "warnings");
  }

  public static PrometheusClient of(
      PrometheusUrl url, Duration timeout, Consumer<String> warnings) {
    HttpClient http =
        HttpClient.newBuilder()
            // Spares proxies the attempt to upgrade a plain connection to HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    return new PrometheusClient(url, http, timeout, Pause.SLEEP, warnings);
  }

  /**
   * @return the vector, possibly empty, in no order
   * @throws PrometheusException if there is no answer, or none that is a vector
   */
  public List<Sample> query(String promql, Instant at) {
    HttpRequest request =
        HttpRequest.newBuilder(url.instantQuery(promql, at))
            .header("Accept", "application/json")
            .header("User-Agent", "namespend-reporter")
            .GET()
            .build();
    InstantVector vector = new Answer(url, promql).read(sendPatiently(request));
    vector.warnings().stream().filter(warned::add).forEach(warnings);
    return vector.samples();
  }

  private HttpResponse<byte[]> sendPatiently(HttpRequest request) {
    for (Duration before : PAUSES) {
      try {
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() < 500) {
          return response;
        }
      } catch (IOException e) {
        if (isFinal(e)) {
          throw Unreachable.because(e, url, timeout);
        }
      }
      rest(before);
    }
    try {
      return send(request);
    } catch (IOException e) {
      throw Unreachable.because(e, url, timeout);
    }
  }

  /** A timeout of the request alone would not cover the body, hence the future. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
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

  /** Another attempt would end the same way, or take as long again. */
  private static boolean isFinal(IOException e) {
    return e instanceof ConnectException
        || e instanceof HttpTimeoutException
        || e instanceof SSLException;
  }

  private PrometheusException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new PrometheusException("interrupted while waiting for " + url, e);
  }
}
