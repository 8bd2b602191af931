package io.namespend.exporter.price.online;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.price.list.ItemPrices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a provider answered, in memory and, so that a restart asks nothing, on disk. Written by one
 * thread, read by all.
 */
final class AnswerStore implements ItemPrices {
  private static final System.Logger LOG = System.getLogger(AnswerStore.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private final String currency;
  private final Map<String, Answer> answers = new TreeMap<>();
  private volatile Map<String, Double> prices = Map.of();

  /** Why nothing was kept the last time; empty if it was. */
  private String problem = "";

  /**
   * An answer.
   *
   * @param due when to ask again
   */
  private record Answer(Instant askedAt, Instant due, Map<String, Double> prices) {}

  /**
   * @param file empty to keep nothing on disk
   * @param currency of all prices; a file in another one is not used
   */
  AnswerStore(Optional<Path> file, String currency) {
    this.file = file;
    this.currency = currency;
    file.filter(Files::exists).ifPresent(this::load);
  }

  @Override
  public OptionalDouble price(String item, String place) {
    return price(prices, item, place);
  }

  @Override
  public ItemPrices snapshot() {
    Map<String, Double> now = prices;
    return (item, place) -> price(now, item, place);
  }

  private static OptionalDouble price(Map<String, Double> prices, String item, String place) {
    Double price = prices.get(PriceApi.key(place, item));
    return price == null ? OptionalDouble.empty() : OptionalDouble.of(price);
  }

  boolean isDue(String question, Instant now) {
    Answer answer = answers.get(question);
    return answer == null || !now.isBefore(answer.due);
  }

  void put(String question, Instant askedAt, Instant due, Map<String, Double> found) {
    answers.put(question, new Answer(askedAt, due, Map.copyOf(found)));
    publish();
  }

  /** Keeps the prices of the last answer, and does not ask before {@code due}. */
  void postpone(String question, Instant due) {
    Answer last = answers.get(question);
    answers.put(
        question,
        last == null
            ? new Answer(Instant.EPOCH, due, Map.of())
            : new Answer(last.askedAt, due, last.prices));
  }

  /** Forgets what nobody asks for any more and is due. */
  void prune(Set<String> wanted, Instant now) {
    if (answers.entrySet().removeIf(e -> !wanted.contains(e.getKey()) && isDue(e.getKey(), now))) {
      publish();
    }
  }

  /** When the newest answer came. */
  Optional<Instant> newest() {
    return answers.values().stream()
        .map(Answer::askedAt)
        .filter(time -> time.isAfter(Instant.EPOCH))
        .max(Instant::compareTo);
  }

  /**
   * Prices that cannot be kept are no worse for that, so it is said once, and no failure of theirs.
   */
  void save() {
    if (file.isEmpty()) {
      return;
    }
    try {
      save(file.get());
      problem = "";
    } catch (IOException e) {
      String found = "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
      if (!found.equals(problem)) {
        LOG.log(
            WARNING,
            "cannot keep prices in {0} ({1}); they are in force, but the next start fetches them"
                + " again: mount a writable folder as prices.cache, or leave it out",
            file.get(),
            found);
      }
      problem = found;
    }
  }

  private void save(Path target) throws IOException {
    ObjectNode document = JSON.createObjectNode().put("currency", currency);
    ObjectNode all = document.putObject("answers");
    answers.forEach(
        (question, answer) -> {
          ObjectNode node = all.putObject(question);
          node.put("askedAt", answer.askedAt.toString()).put("due", answer.due.toString());
          ObjectNode list = node.putObject("prices");
          new TreeMap<>(answer.prices).forEach(list::put);
        });
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    // Renamed when complete: a crash must not leave half a file.
    Path part = target.resolveSibling(target.getFileName() + ".part");
    JSON.writeValue(part.toFile(), document);
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void load(Path path) {
    try {
      JsonNode document = JSON.readTree(path.toFile());
      if (!document.path("currency").asText().equals(currency)) {
        return;
      }
      Map<String, Answer> read = new HashMap<>();
      document
          .path("answers")
          .properties()
          .forEach(entry -> read.put(entry.getKey(), answer(entry.getValue())));
      answers.putAll(read);
      publish();
    } catch (IOException | DateTimeParseException e) {
      LOG.log(WARNING, "ignored {0}, prices are fetched again: {1}", path, e.getMessage());
    }
  }

  private static Answer answer(JsonNode node) {
    Map<String, Double> prices = new HashMap<>();
    node.path("prices")
        .properties()
        .forEach(entry -> prices.put(entry.getKey(), entry.getValue().asDouble()));
    return new Answer(
        Instant.parse(node.path("askedAt").asText()),
        Instant.parse(node.path("due").asText()),
        prices);
  }

  private void publish() {
    Map<String, Double> all = new HashMap<>();
    // A file of an earlier version has keys with case.
    answers
        .values()
        .forEach(
            answer ->
                answer.prices.forEach(
                    (key, price) -> all.put(key.toLowerCase(Locale.ROOT), price)));
    prices = Map.copyOf(all);
  }
}
