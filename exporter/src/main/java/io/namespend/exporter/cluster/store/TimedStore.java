package io.namespend.exporter.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.store.MinuteRecords.Part;
import io.namespend.exporter.cluster.store.MinuteRecords.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The records of a kind of object that costs while it is there, and what of it ended in minutes
 * that are not published yet. One thread writes, any may read.
 *
 * @param <R> what is kept of an object
 */
public final class TimedStore<R extends Held<R>> implements ObjectStore {
  /** When an object of a kind ended, as far as its last state tells. */
  public interface Ending {
    /**
     * @param heard when the API server said that it is gone
     */
    long of(JsonNode last, long heard);

    /** For what does not say when it ended. */
    Ending WHEN_HEARD = (last, heard) -> heard;
  }

  /** How long an API server may take to tell again what happened during a cut. */
  private static final long REPLAY_SECONDS = 60;

  /** In a watch that works, news are no older. */
  private static final long NEWS_SECONDS = 90;

  private final ObjectReader<Life<R>> reader;
  private final Ending ending;
  private final Comparator<R> order;
  private final UnaryOperator<R> share;
  private final Copies copies;

  private final KeyedRecords<R> records = new KeyedRecords<>();
  private final PastLives<R> past = new PastLives<>();

  private final Owed<R> owed = new Owed<>();

  private boolean isListed;

  /** What began by then was told when it did; after a cut, until all of it was told again. */
  private long cutSince = Life.OPEN;

  private long cutUntil = Held.UNKNOWN;

  /** What ended by then was told when it did. */
  private long toldUntil = Life.OPEN;

  /** The end of the last minute that was asked for. */
  private long published = Held.UNKNOWN;

  /**
   * @param read gives none for an object that holds nothing now and did not lately
   * @param order of namespaces and names
   * @param share gives an equal record that shares what it can with others
   * @param room shared by all kinds
   */
  public TimedStore(
      Kind kind,
      Function<JsonNode, Optional<Life<R>>> read,
      Ending ending,
      Comparator<R> order,
      UnaryOperator<R> share,
      Copies copies,
      Room room) {
    this.reader = new ObjectReader<>(kind, read, room);
    this.ending = ending;
    this.order = order;
    this.share = share;
    this.copies = copies;
  }

  /** What is there now, in order. */
  public List<R> inOrder() {
    return records.inOrder();
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public ObjectReader<Life<R>> reader() {
    return reader;
  }

  @Override
  public synchronized long dropped() {
    return past.dropped() + owed.dropped();
  }

  @Override
  public synchronized Optional<ObjectKey> put(JsonNode object, Instant heard) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    Optional<R> before = records.get(key.namespace(), key.name());
    if (before == null && !reader.admits(key)) {
      return Optional.empty();
    }
    put(key, object, before, heard);
    if (records.get(key.namespace(), key.name()) == null) {
      // It has ended.
      reader.giveBack(key);
    }
    return Optional.of(key);
  }

  @SuppressWarnings("NullableOptional") // tells what is not there from what has no record
  private void put(ObjectKey key, JsonNode object, @Nullable Optional<R> before, Instant heard) {
    long now = heard.getEpochSecond();
    boolean cost = before == null || before.isPresent();
    R held = before == null ? null : before.orElse(null);
    Optional<Life<R>> read = reader.read(key, object).map(life -> begun(life, held, cost, now));
    if (read.isEmpty()) {
      holdsNothing(key, held, before == null, now);
      return;
    }
    Life<R> life = read.get();
    R same = held != null && held.since() == life.record().since() ? held : null;
    if (held != null && same == null) {
      // Another object of the same name: the end of the first was not told.
      past.add(key, held, Math.min(now, life.record().since()), now);
    }
    if (life.isOpen()) {
      keep(key, life.record(), same, now);
    } else {
      // It cannot have ended later than it was told.
      end(key, life, same, Math.min(life.until(), now), now);
    }
  }

  private void holdsNothing(ObjectKey key, @Nullable R held, boolean isNew, long now) {
    if (held != null) {
      past.add(key, held, now, now);
    }
    if (isNew || held != null) {
      records.put(key, Optional.empty());
    }
  }

  /**
   * @param same as it was before; null if it is new
   */
  private void keep(ObjectKey key, R record, @Nullable R same, long now) {
    if (record.equals(same)) {
      return;
    }
    R shared = share.apply(record);
    records.put(key, Optional.of(shared));
    if (same == null) {
      owe(key, shared, Life.OPEN, now);
    } else if (!same.holdsAs(record)) {
      past.add(key, same, now, now);
    }
  }

  /**
   * @param same as it was before; null if it was not known to be there
   */
  private void end(ObjectKey key, Life<R> life, @Nullable R same, long until, long now) {
    if (same != null) {
      past.add(key, same, until, now);
      owed.ended(key, same.since(), until);
    } else if (life.until() != Life.UNTOLD) {
      R ended = share.apply(life.record());
      past.add(key, ended, until, now);
      if (until > toldUntil || beganInCut(ended, now)) {
        owe(key, ended, until, now);
      }
    }
    records.remove(key);
  }

  @Override
  public synchronized void remove(JsonNode object, Instant heard) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    reader.forget(key);
    Optional<R> before = records.get(key.namespace(), key.name());
    if (before == null) {
      return;
    }
    long now = heard.getEpochSecond();
    if (before.isPresent()) {
      long until = end(object, now);
      past.add(key, before.get(), until, now);
      owed.ended(key, before.get().since(), until);
    }
    records.remove(key);
    reader.giveBack(key);
  }

  private long end(JsonNode last, long now) {
    try {
      return Math.min(ending.of(last, now), now);
    } catch (IllegalArgumentException e) {
      return now;
    }
  }

  @Override
  public synchronized void cut(Instant lastHeard) {
    cutSince = Math.min(cutSince, lastHeard.getEpochSecond());
    cutUntil = Life.OPEN;
  }

  @Override
  public synchronized void resumed(Instant now) {
    cutUntil = now.getEpochSecond() + REPLAY_SECONDS;
  }

  @Override
  public synchronized void relists(Instant lastHeard) {
    toldUntil = lastHeard.getEpochSecond();
  }

  @Override
  public synchronized void retain(Set<ObjectKey> keys, Instant lastHeard) {
    long last = lastHeard.getEpochSecond();
    List<ObjectKey> others = new ArrayList<>();
    records.forEach(
        (key, record) -> {
          if (!keys.contains(key)) {
            record.ifPresent(held -> past.add(key, held, last, last));
            others.add(key);
          }
        });
    for (ObjectKey key : others) {
      records.remove(key);
      reader.forget(key);
      reader.giveBack(key);
    }
    isListed = true;
    toldUntil = Life.OPEN;
  }

  /**
   * What was there in a minute. What began in earlier ones and is told after they were asked for is
   * in the following ones, with the seconds that it lacked.
   *
   * @param windows when what an object is on was there itself; null for all the time
   */
  public synchronized MinuteRecords<R> during(
      Minute minute, Function<R, @Nullable List<Window>> windows) {
    // Not at once: an end that is told again must not count again.
    past.forget(minute.endSecond() + Minute.SETTLE.toSeconds() - PastLives.KEPT_SECONDS);
    owed.forget(minute.beginSecond());
    if (isListed) {
      published = Math.max(published, minute.endSecond());
    }
    Map<ObjectKey, List<Life<R>>> ended = past.in(minute);
    Map<ObjectKey, List<Part<R>>> late = owed.in(minute);
    IdentityHashMap<R, ObjectKey> special = new IdentityHashMap<>();
    for (Set<ObjectKey> keys : List.of(ended.keySet(), late.keySet())) {
      for (ObjectKey key : keys) {
        Optional<R> live = records.get(key.namespace(), key.name());
        if (live != null && live.isPresent()) {
          special.put(live.get(), key);
        }
      }
    }
    MinuteOf of = new MinuteOf(minute, windows);
    for (R record : records.inOrder()) {
      ObjectKey key = special.get(record);
      if (key != null) {
        of.add(record, orNone(ended.remove(key)), orNone(late.remove(key)));
      } else if (record.since() <= minute.beginSecond() && windows.apply(record) == null) {
        of.all.add(record);
      } else {
        of.add(record, List.of(), List.of());
      }
    }
    Set<ObjectKey> gone = new HashSet<>(ended.keySet());
    gone.addAll(late.keySet());
    for (ObjectKey key : gone) {
      of.add(null, orNone(ended.get(key)), orNone(late.get(key)));
    }
    if (!gone.isEmpty()) {
      of.all.sort(order);
    }
    return new MinuteRecords<>(of.all, of.parts);
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /** Puts a minute together. */
  private final class MinuteOf {
    private final long begin;
    private final long end;
    private final Function<R, @Nullable List<Window>> windows;
    private final List<R> all = new ArrayList<>(records.size());
    private final IdentityHashMap<R, List<Part<R>>> parts = new IdentityHashMap<>();

    MinuteOf(Minute minute, Function<R, @Nullable List<Window>> windows) {
      begin = minute.beginSecond();
      end = minute.endSecond();
      this.windows = windows;
    }

    /**
     * @param live null if it is gone
     * @param ended its versions before, in the order in which they ended
     * @param late what it makes up for
     */
    void add(@Nullable R live, List<Life<R>> ended, List<Part<R>> late) {
      List<Part<R>> found = new ArrayList<>(late);
      long cursor = begin;
      for (Life<R> life : ended) {
        add(found, life.record(), Math.max(cursor, life.record().since()), life.until());
        cursor = Math.max(cursor, life.until());
      }
      if (live != null) {
        add(found, live, Math.max(cursor, live.since()), end);
      }
      if (!found.isEmpty()) {
        R newest = found.get(found.size() - 1).record();
        all.add(newest);
        parts.put(newest, List.copyOf(found));
      }
    }

    private void add(List<Part<R>> found, R record, long from, long until) {
      List<Window> on = windows.apply(record);
      for (Window window : on == null ? List.of(new Window(begin, end)) : on) {
        long first = Math.max(Math.max(from, begin), window.from());
        long last = Math.min(Math.min(until, end), window.until());
        if (first < last) {
          found.add(new Part<>(record, new Window(first, last)));
        }
      }
    }
  }

  /**
   * With its begin: of what does not say when it began to cost, that which is known already; else
   * when it was created, or was told to cost; else it was always there, or begins when it is told.
   *
   * @param held as it was before; null if it did not cost anything
   * @param cost whether it did, or was not known
   */
  private Life<R> begun(Life<R> life, @Nullable R held, boolean cost, long now) {
    R record = life.record();
    long since = record.since();
    if (since == Held.UNKNOWN) {
      since = held != null ? held.since() : isListed ? now : 0;
    } else if (!record.tellsBegin()) {
      since = held != null && since <= held.since() ? held.since() : cost ? since : now;
    }
    return since == record.since() ? life : new Life<>(record.since(since), life.until());
  }

  /** Then it was not told before, although a replay tells it with its end. */
  private boolean beganInCut(R record, long now) {
    return now <= cutUntil && record.since() >= cutSince;
  }

  private void owe(ObjectKey key, R record, long until, long now) {
    if (!isListed || published == Held.UNKNOWN) {
      return;
    }
    if (now > cutUntil) {
      cutSince = Life.OPEN;
    }
    owed.add(key, record, Math.min(cutSince, now - NEWS_SECONDS), until, published);
  }
}
