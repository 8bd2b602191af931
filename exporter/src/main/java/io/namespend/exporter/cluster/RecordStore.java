package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store behind an informer, which keeps a small record instead of the whole object: the
 * informer itself needs only the names of what it holds.
 */
final class RecordStore<T extends HasMetadata, R> implements ItemStore<T> {
  private static final System.Logger LOG = System.getLogger(RecordStore.class.getName());

  private final Function<T, Optional<R>> toRecord;
  private final Supplier<T> newObject;
  private final Runnable onChange;
  private final Map<String, Optional<R>> records = new ConcurrentHashMap<>();

  /**
   * @param newObject makes an empty object, to carry a name back to the informer
   * @param toRecord what to keep; empty for an object that matters only by its name
   */
  RecordStore(Supplier<T> newObject, Function<T, Optional<R>> toRecord, Runnable onChange) {
    this.newObject = newObject;
    this.toRecord = toRecord;
    this.onChange = onChange;
  }

  Collection<R> records() {
    return records.values().stream().flatMap(Optional::stream).toList();
  }

  Map<String, Optional<R>> recordsByKey() {
    return Map.copyOf(records);
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    Optional<R> before = records.put(key, read(key, object));
    onChange.run();
    return before == null ? null : named(key);
  }

  @Override
  public @Nullable T remove(String key) {
    Optional<R> before = records.remove(key);
    onChange.run();
    return before == null ? null : named(key);
  }

  @Override
  public @Nullable T get(String key) {
    return records.containsKey(key) ? named(key) : null;
  }

  @Override
  public Stream<String> keySet() {
    return records.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return keySet().map(this::named);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }

  /** An object that cannot be read must not stop the watch of all others. */
  private Optional<R> read(String key, T object) {
    try {
      return toRecord.apply(object);
    } catch (RuntimeException e) {
      LOG.log(WARNING, "ignored {0} {1}: {2}", object.getKind(), key, e.getMessage());
      return Optional.empty();
    }
  }

  private T named(String key) {
    T object = newObject.get();
    int slash = key.indexOf('/');
    if (slash >= 0) {
      object.getMetadata().setNamespace(key.substring(0, slash));
    }
    object.getMetadata().setName(key.substring(slash + 1));
    return object;
  }
}
