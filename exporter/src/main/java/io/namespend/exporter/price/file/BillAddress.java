package io.namespend.exporter.price.file;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A bill that a server has, asked for when due; its ETag saves sending it again. */
final class BillAddress implements BillOrigin {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** What else answers with 200, such as a login page, has no such header. */
  private static final Set<String> COLUMNS = Set.of("resource_id", "hourly");

  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final URI uri;
  private final Duration interval;
  private final HttpClient http;
  private Instant due = Instant.MIN;
  private Optional<Instant> lastAnswer = Optional.empty();
  private @Nullable Object readBy;
  private String tag = "";

  /**
   * @param http follows no redirects
   */
  BillAddress(URI uri, Duration interval, HttpClient http) {
    this.uri = uri;
    this.interval = interval;
    this.http = http;
  }

  @Override
  public boolean ifChanged(Instant now, Object by, Reader reader)
      throws IOException, InterruptedException {
    boolean isReadAlike = by.toString().equals(String.valueOf(readBy));
    if (isReadAlike && now.isBefore(due)) {
      return false;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "text/csv");
    if (isReadAlike && !tag.isEmpty()) {
      request.header("If-None-Match", tag);
    }
    HttpResponse<InputStream> response = send(request.build());
    try (InputStream body = response.body()) {
      boolean isSame = response.statusCode() == NOT_MODIFIED && isReadAlike;
      if (!isSame) {
        reader.read(name(), CsvTable.of(name(), text(response.statusCode(), body), COLUMNS));
        readBy = by.toString();
        tag = response.headers().firstValue("ETag").orElse("");
      }
      due = now.plus(interval);
      lastAnswer = Optional.of(now);
      return !isSame;
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be reached (%s); check prices.bill.url and whether the ledger runs"
              .formatted(name(), e.getClass().getSimpleName()),
          e);
    }
  }

  private String text(int status, InputStream body) throws IOException {
    if (status != OK) {
      throw new IOException(
          "%s answered %d; check prices.bill.url and the log of the ledger"
              .formatted(name(), status));
    }
    int most = Math.toIntExact(Math.min(ChangedFile.mostBytes(), Integer.MAX_VALUE - 9L));
    byte[] content = body.readNBytes(most + 1);
    if (content.length > most) {
      throw new IOException(
          "%s answered more than %,d KiB, the most for this heap; give the exporter a larger -Xmx"
              .formatted(name(), most >> 10));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(name() + " did not answer with UTF-8 text", e);
    }
  }

  /** Without the query, which may have a key. */
  private String name() {
    return "%s://%s%s".formatted(uri.getScheme(), uri.getAuthority(), uri.getPath());
  }

  @Override
  public Optional<Instant> asOf(Instant now) {
    return lastAnswer;
  }
}
