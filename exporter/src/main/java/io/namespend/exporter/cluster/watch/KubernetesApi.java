package io.namespend.exporter.cluster.watch;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.namespend.exporter.cluster.json.BoundedJson;
import io.namespend.exporter.cluster.json.KeptFields;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.KubernetesJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * List and watch as the Kubernetes API defines them, parsed while they arrive: never more than one
 * object is in memory. Connections, TLS and credentials are the Kubernetes client's.
 *
 * <p>Source: Kubernetes documentation, "Kubernetes API Concepts".
 */
public final class KubernetesApi {
  /** Objects in a page; also what other clients ask for, so that API servers are used to it. */
  private static final int PAGE = 500;

  /**
   * Changes that come within it are read together, which takes less processor time than each on its
   * own. Scrapes come less often.
   */
  private static final Duration BATCH = Duration.ofSeconds(1);

  private static final int LONGEST_PROBLEM = 300;

  private static final KeptFields LIST_METADATA = KeptFields.of("resourceVersion", "continue");

  private final HttpClient http;
  private final String server;
  private final WatchTiming timing;
  private final Waiting waiting;
  private final ObjectMapper json = KubernetesJson.parser();

  /** Under which version the server has a kind. Each kind is of one thread. */
  private final Map<Kind, String> paths = new ConcurrentHashMap<>();

  /**
   * @param client one that neither retries by itself nor multiplexes watches on one connection
   */
  public KubernetesApi(KubernetesClient client, WatchTiming timing) {
    this(client, timing, Waiting.REAL);
  }

  KubernetesApi(KubernetesClient client, WatchTiming timing, Waiting waiting) {
    this.http = client.getHttpClient();
    this.server = client.getMasterUrl().toString().replaceFirst("/+$", "");
    this.timing = timing;
    this.waiting = waiting;
  }

  /**
   * The end of a page.
   *
   * @param version of the whole list, from which a watch goes on
   * @param next token of the next page; empty after the last
   */
  public record Page(String version, String next) {}

  /** What a watch tells, in order. */
  public interface WatchListener {
    /**
     * @param age how long ago it was told
     */
    void changed(JsonNode object, Duration age);

    /**
     * @param age how long ago it was told
     */
    void deleted(JsonNode object, Duration age);

    /** After each event and bookmark: all that happened up to this version was told. */
    void current(String version) throws SyncException;
  }

  /**
   * Reads one page of all objects of a kind.
   *
   * @param token of the page; empty for the first
   */
  public Page list(Kind kind, String token, Consumer<JsonNode> items)
      throws SyncException, InterruptedException {
    return list(kind, kind.acceptForList(), token, items);
  }

  /** As {@link #list}, of whole objects even where their metadata would do for the watch. */
  public Page listWhole(Kind kind, String token, Consumer<JsonNode> items)
      throws SyncException, InterruptedException {
    return list(kind, Kind.JSON, token, items);
  }

  /** A version that the server does not have may be there under an older one. */
  private Page list(Kind kind, String accept, String token, Consumer<JsonNode> items)
      throws SyncException, InterruptedException {
    @Nullable SyncException problem = null;
    for (String path : paths(kind)) {
      try {
        Page page = list(kind, path, accept, token, items);
        paths.put(kind, path);
        return page;
      } catch (SyncException e) {
        if (e.failure() != SyncFailure.NOT_SERVED) {
          throw e;
        }
        problem = problem == null ? e : problem;
      }
    }
    paths.remove(kind);
    throw requireNonNull(problem);
  }

  /** The one that was served last alone, so that pages are of one version. */
  private List<String> paths(Kind kind) {
    String served = paths.get(kind);
    return served == null ? kind.paths() : List.of(served);
  }

  private Page list(
      Kind kind, String kindPath, String accept, String token, Consumer<JsonNode> items)
      throws SyncException, InterruptedException {
    String path = kindPath + "?limit=" + PAGE + kind.selector();
    if (!token.isEmpty()) {
      path += "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
    String address = server + path;
    try (ResponseBody body = open(address, accept, timing.answer(), Duration.ZERO);
        JsonParser parser = json.createParser(new BoundedJson(body))) {
      return page(parser, kind.kept(), items);
    } catch (IOException e) {
      throw failure(address, e);
    }
  }

  /** Tells what changes after a version. Returns when the server ends the watch. */
  public void watch(Kind kind, String version, WatchListener listener)
      throws SyncException, InterruptedException {
    String address =
        "%s%s?watch=true&allowWatchBookmarks=true&timeoutSeconds=%d&resourceVersion=%s%s"
            .formatted(
                server,
                paths.getOrDefault(kind, kind.path()),
                timing.watchSeconds(),
                URLEncoder.encode(version, StandardCharsets.UTF_8),
                kind.selector());
    try (ResponseBody body = open(address, kind.acceptForWatch(), timing.silence(), BATCH);
        JsonParser parser = json.createParser(new BoundedJson(body))) {
      KeptFields kept = event(kind);
      while (parser.nextToken() != null) {
        tell(KubernetesJson.read(parser, kept), body.age(), listener);
        body.allow(timing.silence());
      }
    } catch (IOException e) {
      throw failure(address, e);
    }
  }

  /** A watch also tells of its own errors, which are no object of the kind. */
  private static KeptFields event(Kind kind) {
    return kind.kept().with("code").with("message").in("object").with("type");
  }

  private Page page(JsonParser parser, KeptFields kept, Consumer<JsonNode> items)
      throws IOException {
    JsonNode metadata = MissingNode.getInstance();
    boolean hasItems = false;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedAnswerException("not a JSON object");
    }
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("metadata")) {
        metadata = KubernetesJson.read(parser, LIST_METADATA);
      } else if (field.equals("items")) {
        hasItems = true;
        // An empty list may be null.
        while (value == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
          items.accept(KubernetesJson.read(parser, kept));
        }
      } else {
        parser.skipChildren();
      }
    }
    String version = metadata.path("resourceVersion").asText();
    if (!hasItems || version.isEmpty()) {
      throw new MalformedAnswerException("not a Kubernetes list: no items or no resourceVersion");
    }
    return new Page(version, text(metadata.path("continue")));
  }

  private static void tell(JsonNode event, Duration age, WatchListener listener)
      throws SyncException, IOException {
    JsonNode object = event.path("object");
    switch (event.path("type").asText()) {
      case "ADDED", "MODIFIED" -> listener.changed(object, age);
      case "DELETED" -> listener.deleted(object, age);
      case "BOOKMARK" -> {}
      case "ERROR" ->
          throw new SyncException(
              SyncFailure.ofStatus(object.path("code").asInt()),
              "the watch ended with " + shortened(object.path("message").asText()));
      default -> throw new MalformedAnswerException("not a watch event: " + event);
    }
    String version = text(object.path("metadata").path("resourceVersion"));
    if (version.isEmpty()) {
      throw new MalformedAnswerException("a watch event without metadata.resourceVersion");
    }
    listener.current(version);
  }

  /**
   * @param patience for the head of the answer, and then for its body, until the reader allows
   *     more; a proxy that buffers keeps back the head of a watch until its first event
   */
  private ResponseBody open(String address, String accept, Duration patience, Duration rest)
      throws SyncException, InterruptedException {
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(URI.create(address).toString())
            .header("Accept", accept)
            .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    AtomicReference<@Nullable ResponseBody> reader = new AtomicReference<>();
    CompletableFuture<HttpResponse<AsyncBody>> sent =
        http.consumeBytes(
            request, (buffers, body) -> requireNonNull(reader.get(), "body").offer(buffers));
    try {
      HttpResponse<AsyncBody> response = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      boolean isRefused = response.code() != 200;
      ResponseBody body =
          new ResponseBody(response.body(), isRefused ? timing.answer() : patience, rest, waiting);
      reader.set(body);
      if (isRefused) {
        throw refused(address, response.code(), body);
      }
      return body;
    } catch (ExecutionException e) {
      throw failure(address, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failure(address, e);
    } finally {
      // Nobody reads an answer that comes later; without effect on one that came.
      sent.cancel(true);
    }
  }

  /** An answer that is no success explains itself, mostly by a Status object. */
  private SyncException refused(String address, int status, ResponseBody body) {
    String problem;
    try (body) {
      byte[] bytes = body.readNBytes(1 << 16);
      InputStream bounded = new BoundedJson(new ByteArrayInputStream(bytes));
      problem = json.readTree(bounded).path("message").asText();
    } catch (IOException e) {
      problem = "";
    }
    return new SyncException(
        SyncFailure.ofStatus(status),
        "%s answers HTTP %d%s"
            .formatted(address, status, problem.isEmpty() ? "" : ": " + shortened(problem)));
  }

  private static SyncException failure(String address, Throwable problem)
      throws InterruptedException {
    if (problem instanceof SocketTimeoutException
        || problem instanceof HttpTimeoutException
        || problem instanceof TimeoutException) {
      return new SyncException(SyncFailure.STALLED, address + " is silent for too long");
    }
    if (problem instanceof InterruptedIOException) {
      throw new InterruptedException();
    }
    if (problem instanceof JsonProcessingException e) {
      return new SyncException(
          SyncFailure.MALFORMED, address + " answers no JSON: " + e.getOriginalMessage());
    }
    if (problem instanceof MalformedAnswerException) {
      return new SyncException(
          SyncFailure.MALFORMED, address + " answers " + shortened(problem.getMessage()));
    }
    return new SyncException(
        problem instanceof IOException ? SyncFailure.UNREACHABLE : SyncFailure.OTHER,
        "%s cannot be read: %s".formatted(address, reason(problem)));
  }

  /** The deepest message; a refused connection has only its class. */
  private static String reason(Throwable problem) {
    String reason = problem.toString();
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        reason = cause.getMessage();
      }
    }
    return shortened(
        reason.equals(problem.toString()) ? problem.getClass().getSimpleName() : reason);
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : "";
  }

  private static String shortened(@Nullable String problem) {
    String line = String.valueOf(problem).replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_PROBLEM ? line.substring(0, LONGEST_PROBLEM) + "..." : line;
  }

  /** JSON, but not what was asked for. */
  private static final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedAnswerException(String message) {
      super(message);
    }
  }
}
