package io.namespend.exporter.cluster.store;

import io.namespend.exporter.cluster.json.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the objects of one kind, by namespace and name. One thread writes, any may read.
 *
 * @param <R> what is kept of an object; none of one that matters only by its name
 */
public final class KeyedRecords<R> {
  /** Names in order, since snapshots are, and what is sorted already is sorted in no time. */
  private final Map<String, Map<String, Optional<R>>> byNamespace = new ConcurrentHashMap<>();

  /** Null for an object that is not there. */
  @SuppressWarnings("NullableOptional") // tells what is not there from what has no record
  public @Nullable Optional<R> get(String namespace, String name) {
    return byNamespace.getOrDefault(namespace, Map.of()).get(name);
  }

  public void put(ObjectKey key, Optional<R> record) {
    byNamespace
        .computeIfAbsent(key.namespace(), first -> new ConcurrentSkipListMap<>())
        .put(key.name(), record);
  }

  /** Whether it was there. */
  public boolean remove(ObjectKey key) {
    Map<String, Optional<R>> names = byNamespace.get(key.namespace());
    if (names == null || names.remove(key.name()) == null) {
      return false;
    }
    if (names.isEmpty()) {
      byNamespace.remove(key.namespace());
    }
    return true;
  }

  int size() {
    return byNamespace.values().stream().mapToInt(Map::size).sum();
  }

  /** In the order of namespaces, then names. */
  public List<R> inOrder() {
    List<R> all = new ArrayList<>(size());
    for (Map<String, Optional<R>> names : new TreeMap<>(byNamespace).values()) {
      for (Optional<R> record : names.values()) {
        if (record.isPresent()) {
          all.add(record.get());
        }
      }
    }
    return all;
  }

  public void forEach(BiConsumer<ObjectKey, Optional<R>> action) {
    byNamespace.forEach(
        (namespace, names) ->
            names.forEach((name, record) -> action.accept(new ObjectKey(namespace, name), record)));
  }
}
