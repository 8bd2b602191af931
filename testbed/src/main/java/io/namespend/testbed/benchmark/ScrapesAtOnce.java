package io.namespend.testbed.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;

/**
 * Scrapes of every format at once, and whether each gets what it gets alone. Families that differ
 * between two scrapes alone, such as those of the process, are not compared.
 */
final class ScrapesAtOnce {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PODS = "namespend_pod_request_hourly_cost";
  private static final String OF_JVM = "(jvm|process)_.*";
  private static final String OPEN_METRICS_END = "# EOF";

  private enum Format {
    TEXT("text/plain;version=0.0.4"),
    OPEN_METRICS("application/openmetrics-text;version=1.0.0"),
    PROTOBUF(
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");

    private final String accept;

    Format(String accept) {
      this.accept = accept;
    }
  }

  private enum Question {
    TEXT(Format.TEXT, false, ""),
    TEXT_GZIP(Format.TEXT, true, ""),
    OPEN_METRICS(Format.OPEN_METRICS, false, ""),
    OPEN_METRICS_GZIP(Format.OPEN_METRICS, true, ""),
    PROTOBUF(Format.PROTOBUF, false, ""),
    PROTOBUF_GZIP(Format.PROTOBUF, true, ""),
    NAMED_TEXT(Format.TEXT, false, "?name[]=" + PODS + "&name[]=node_total_hourly_cost"),
    NAMED_OPEN_METRICS_GZIP(Format.OPEN_METRICS, true, "?name[]=" + PODS);

    private final Format format;
    private final boolean gzip;
    private final String query;

    Question(Format format, boolean gzip, String query) {
      this.format = format;
      this.gzip = gzip;
      this.query = query.replace("[]", "%5B%5D");
    }
  }

  /** What was read of a family. */
  private record Family(long series, long hash) {
    private static final Family NOTHING = new Family(0, 0);

    Family with(long moreSeries, long more) {
      return new Family(series + moreSeries, hash * 1_000_003 + more);
    }
  }

  private record Answer(double seconds, Map<String, Family> families) {}

  /**
   * What came of it.
   *
   * @param wrong what was not whole or not the same, for people; of each scrape at most one line
   * @param longest seconds
   */
  record Outcome(int scrapes, List<String> wrong, double longest) {}

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  ScrapesAtOnce(URI exporter) {
    address = exporter.resolve("/metrics");
  }

  /** Each alone, all at once, and each alone again. */
  Outcome run() {
    try {
      Map<Question, Answer> before = alone();
      Map<Question, Future<Answer>> asked = new EnumMap<>(Question.class);
      Map<Question, Answer> atOnce = new EnumMap<>(Question.class);
      List<String> wrong = new ArrayList<>();
      double longest = 0;
      ExecutorService readers = Executors.newFixedThreadPool(Question.values().length);
      try {
        for (Question question : Question.values()) {
          asked.put(question, readers.submit(() -> ask(question)));
        }
        for (Map.Entry<Question, Future<Answer>> each : asked.entrySet()) {
          try {
            Answer answer = each.getValue().get();
            atOnce.put(each.getKey(), answer);
            longest = Math.max(longest, answer.seconds());
          } catch (ExecutionException e) {
            wrong.add(each.getKey() + ": " + e.getCause());
          }
        }
      } finally {
        readers.shutdownNow();
      }
      Map<Question, Answer> after = alone();
      atOnce.forEach(
          (question, answer) ->
              difference(
                      Objects.requireNonNull(before.get(question)).families(),
                      answer.families(),
                      Objects.requireNonNull(after.get(question)).families())
                  .ifPresent(difference -> wrong.add(question + ": " + difference)));
      return new Outcome(Question.values().length, wrong, longest);
    } catch (IOException e) {
      throw new UncheckedIOException("scrape", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Map<Question, Answer> alone() throws IOException, InterruptedException {
    Map<Question, Answer> answers = new EnumMap<>(Question.class);
    long pods = -1;
    for (Question question : Question.values()) {
      Answer answer = ask(question);
      long found = answer.families().getOrDefault(PODS, Family.NOTHING).series();
      if (found == 0 || (pods >= 0 && found != pods)) {
        throw new IllegalStateException(
            "%s alone has %d pods, others %d".formatted(question, found, pods));
      }
      pods = found;
      answers.put(question, answer);
    }
    return answers;
  }

  private static Optional<String> difference(
      Map<String, Family> before, Map<String, Family> answer, Map<String, Family> after) {
    if (!Objects.equals(before.get(PODS), after.get(PODS))) {
      return Optional.of("pods changed meanwhile, so nothing can be compared");
    }
    return before.keySet().stream()
        .filter(name -> !name.matches(OF_JVM))
        .filter(name -> Objects.equals(before.get(name), after.get(name)))
        .filter(name -> !Objects.equals(before.get(name), answer.get(name)))
        .findFirst()
        .map(name -> "%s is %s and alone %s".formatted(name, answer.get(name), before.get(name)));
  }

  private Answer ask(Question question) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + question.query))
            .timeout(PATIENCE)
            .header("Accept", question.format.accept);
    if (question.gzip) {
      request.header("Accept-Encoding", "gzip");
    }
    long start = System.nanoTime();
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(
            response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
      InputStream in = new BufferedInputStream(question.gzip ? new GZIPInputStream(body) : body);
      Map<String, Family> families =
          question.format == Format.PROTOBUF
              ? protobuf(in)
              : text(in, question.format == Format.OPEN_METRICS);
      return new Answer((System.nanoTime() - start) / 1e9, families);
    }
  }

  private static Map<String, Family> text(InputStream in, boolean hasEnd) throws IOException {
    Map<String, Family> families = new HashMap<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String last = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      last = line;
      if (!line.startsWith("#")) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != '{' && line.charAt(end) != ' ') {
          end++;
        }
        String name = line.substring(0, end);
        families.put(name, families.getOrDefault(name, Family.NOTHING).with(1, line.hashCode()));
      }
    }
    if (hasEnd && !last.equals(OPEN_METRICS_END)) {
      throw new EOFException("ends with " + last);
    }
    return families;
  }

  /** Messages of type {@code MetricFamily}: field 1 is the name, 4 the metrics. */
  private static Map<String, Family> protobuf(InputStream in) throws IOException {
    Map<String, Family> families = new HashMap<>();
    for (long length = number(in); length >= 0; length = number(in)) {
      byte[] message = in.readNBytes((int) length);
      if (message.length < length) {
        throw new EOFException("ends within a family");
      }
      String name = "";
      long series = 0;
      ByteArrayInputStream fields = new ByteArrayInputStream(message);
      for (long tag = number(fields); tag >= 0; tag = number(fields)) {
        long value = number(fields);
        if ((tag & 7) == 2) {
          int from = message.length - fields.available();
          if (tag >> 3 == 1) {
            name = new String(message, from, (int) value, StandardCharsets.UTF_8);
          }
          series += tag >> 3 == 4 ? 1 : 0;
          fields.skipNBytes(value);
        }
      }
      families.put(
          name, families.getOrDefault(name, Family.NOTHING).with(series, Arrays.hashCode(message)));
    }
    return families;
  }

  /** Of variable length; -1 at the end. */
  private static long number(InputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.read();
      if (next < 0) {
        if (shift == 0) {
          return -1;
        }
        throw new EOFException("ends within a number");
      }
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
  }
}
