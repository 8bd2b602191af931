package io.namespend.exporter.price.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The lines of a bill, found by the ids of their resources. Built when the bill is read: a bill has
 * many more lines than a cluster has objects, and objects change every minute.
 */
final class BillLines {
  static final BillLines NONE = new BillLines(List.of());

  /**
   * An id that a line may stand for.
   *
   * @param line its place among all lines
   */
  record Spelled(int line, BillId id) {}

  private final List<BillLine> lines;

  /**
   * By the last part of the id, in the order of {@link BillId#group}: every scale set has an
   * instance 0.
   */
  private final Map<String, List<Spelled>> byName = new HashMap<>();

  BillLines(Collection<BillLine> lines) {
    this.lines = List.copyOf(lines);
    for (int i = 0; i < this.lines.size(); i++) {
      for (BillId id : this.lines.get(i).spellings()) {
        byName.computeIfAbsent(id.name(), first -> new ArrayList<>(1)).add(new Spelled(i, id));
      }
    }
    Comparator<Spelled> order = Comparator.comparing(spelled -> spelled.id().group());
    byName.values().stream().filter(named -> named.size() > 1).forEach(named -> named.sort(order));
  }

  int size() {
    return lines.size();
  }

  BillLine get(int line) {
    return lines.get(line);
  }

  /** Shows all that may fit an object of this id, and some that do not. */
  void near(BillId id, Consumer<Spelled> look) {
    List<Spelled> named = byName.getOrDefault(id.name(), List.of());
    String group = id.group();
    if (group.isEmpty()) {
      named.forEach(look);
      return;
    }
    show(named, "", look);
    show(named, group, look);
  }

  private static void show(List<Spelled> named, String group, Consumer<Spelled> look) {
    int low = 0;
    int high = named.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (named.get(middle).id().group().compareTo(group) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < named.size() && named.get(i).id().group().equals(group); i++) {
      look.accept(named.get(i));
    }
  }
}
