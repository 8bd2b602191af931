package io.namespend.exporter.cluster.store;

import static java.lang.System.Logger.Level.WARNING;

import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which objects of a kind are over a limit. One thread writes, any may read. */
final class ObjectLimits {
  private static final System.Logger LOG = System.getLogger(ObjectLimits.class.getName());

  /** Objects that are remembered one by one. More are not counted: what is over limits is a few. */
  private static final int MOST = 2_000;

  /** Namespaces with a series of their own. */
  private static final int MOST_NAMESPACES = 100;

  private static final String OTHERS = "~others";

  private final Kind kind;
  private final Map<ObjectKey, Limit> over = new ConcurrentHashMap<>();

  /** What was said; never more than the namespaces that had something. */
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  ObjectLimits(Kind kind) {
    this.kind = kind;
  }

  /**
   * An object is over a limit; said once for each namespace and limit, since a tenant can make any
   * number of them.
   */
  void add(ObjectKey key, Limit limit, String why) {
    if (over.size() < MOST || over.containsKey(key)) {
      over.put(key, limit);
    }
    String about = key.namespace().isEmpty() ? key.name() : key.namespace();
    if (said.size() < MOST && said.add(limit + " " + about)) {
      LOG.log(WARNING, limit.message(), kind.plural(), key, why);
    }
  }

  /** It is within all limits, or gone. */
  void remove(ObjectKey key) {
    over.remove(key);
  }

  /** Forgets those that were left out, since they are seen again. */
  void forget(Limit limit) {
    over.values().removeIf(limit::equals);
  }

  int count(Limit limit) {
    return (int) over.values().stream().filter(limit::equals).count();
  }

  List<LimitedObjects> byNamespace() {
    Map<String, Map<Limit, Integer>> counts = new TreeMap<>();
    over.forEach(
        (key, limit) -> {
          boolean isKnown = counts.containsKey(key.namespace()) || counts.size() < MOST_NAMESPACES;
          counts
              .computeIfAbsent(isKnown ? key.namespace() : OTHERS, first -> new TreeMap<>())
              .merge(limit, 1, Integer::sum);
        });
    List<LimitedObjects> all = new ArrayList<>();
    counts.forEach(
        (namespace, limits) ->
            limits.forEach(
                (limit, count) ->
                    all.add(new LimitedObjects(kind.plural(), namespace, limit, count))));
    return all;
  }
}
