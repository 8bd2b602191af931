package io.namespend.exporter.price.online;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.price.list.ItemPrices;
import io.namespend.exporter.price.refresh.PriceUnknownException;
import io.namespend.exporter.price.refresh.Refreshed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/** Single prices of one provider, asked for what the cluster has, and only when due. */
public final class OnlinePrices implements Refreshed, ItemPrices {
  /** An item without a price is asked for again, but not with every round. */
  private static final Duration WAIT_AFTER_EMPTY_ANSWER = Duration.ofHours(1);

  private final String name;
  private final PriceApi api;
  private final AnswerStore store;
  private final Duration interval;
  private final Supplier<ClusterSnapshot> cluster;
  private final Map<String, Instant> lastFailure = new HashMap<>();

  OnlinePrices(
      String name,
      PriceApi api,
      AnswerStore store,
      Duration interval,
      Supplier<ClusterSnapshot> cluster) {
    this.name = name;
    this.api = api;
    this.store = store;
    this.interval = interval;
    this.cluster = cluster;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalDouble price(String item, String place) {
    return store.price(item, place);
  }

  @Override
  public ItemPrices snapshot() {
    return store.snapshot();
  }

  @Override
  public Optional<Instant> asOf(Instant now) {
    // A cluster of another provider needs nothing from this one, and that is no old price.
    return store
        .newest()
        .or(() -> cluster.get().nodes().isEmpty() ? Optional.empty() : Optional.of(now));
  }

  /** The first call that fails ends the round: a throttled provider wants fewer calls, not more. */
  @Override
  public boolean refresh(Instant now) throws IOException, InterruptedException {
    // No list has a price of what is no machine.
    Set<String> wanted = api.questions(cluster.get().withoutVirtualNodes());
    List<String> due =
        wanted.stream()
            .filter(question -> store.isDue(question, now))
            .sorted(
                Comparator.comparing((String q) -> lastFailure.getOrDefault(q, Instant.EPOCH))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    if (due.isEmpty()) {
      return false;
    }
    lastFailure.keySet().retainAll(wanted);
    store.prune(wanted, now);
    List<String> withoutPrice = new ArrayList<>();
    try {
      for (String question : due) {
        if (!answer(question, now)) {
          withoutPrice.add(question);
        }
      }
    } finally {
      store.save();
    }
    if (!withoutPrice.isEmpty()) {
      throw new PriceUnknownException(
          "no price in the answer to: " + String.join("; ", withoutPrice));
    }
    return true;
  }

  private boolean answer(String question, Instant now) throws IOException, InterruptedException {
    try {
      Map<String, Double> prices = api.ask(question);
      if (prices.isEmpty()) {
        store.postpone(question, now.plus(min(interval, WAIT_AFTER_EMPTY_ANSWER)));
        return false;
      }
      store.put(question, now, now.plus(interval), prices);
      lastFailure.remove(question);
      return true;
    } catch (IOException e) {
      lastFailure.put(question, now);
      throw new IOException("%s: %s".formatted(question, e.getMessage()), e);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
