package io.namespend.exporter.price.online;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Access tokens of the service account that the metadata server gives to whoever runs here: with
 * Workload Identity the one that is linked to the pod's service account, else the node's.
 *
 * @see <a href="https://cloud.google.com/compute/docs/access/authenticate-workloads">its
 *     description</a>
 */
final class GcpMetadataToken implements GcpCredentials {
  static final URI ENDPOINT = URI.create("http://metadata.google.internal");

  private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";

  /** A request that begins with a token may take this long. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private final HttpJson http;
  private final URI endpoint;
  private final Clock clock;
  private String token = "";
  private Instant usableUntil = Instant.MIN;

  GcpMetadataToken(HttpJson http, URI endpoint, Clock clock) {
    this.http = http;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  @Override
  public Map<String, String> headers() throws IOException, InterruptedException {
    Instant now = clock.instant();
    if (!now.isBefore(usableUntil)) {
      JsonNode answer = answer();
      token = answer.path("access_token").asText();
      usableUntil = now.plusSeconds(answer.path("expires_in").asLong()).minus(MARGIN);
    }
    return Map.of("Authorization", "Bearer " + token);
  }

  private JsonNode answer() throws IOException, InterruptedException {
    try {
      JsonNode answer = http.get(endpoint.resolve(PATH), Map.of("Metadata-Flavor", "Google"));
      if (!GcpCredentials.fitsHeader(answer.path("access_token").asText(""))) {
        throw new IOException("the answer has no access_token");
      }
      return answer;
    } catch (IOException e) {
      // Refused connections and unknown hosts have no message of their own.
      String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException(
          ("no access token from %s (%s): on GKE link the exporter's service account to one of"
                  + " Google, elsewhere name an API key in prices.gcp.apiKeyFile; docs/prices.md"
                  + " says how")
              .formatted(endpoint, problem),
          e);
    }
  }
}
