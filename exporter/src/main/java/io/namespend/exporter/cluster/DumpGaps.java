package io.namespend.exporter.cluster;

import io.namespend.exporter.cluster.json.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of a dump could not be read, and is missing in its cost. */
final class DumpGaps {
  private static final int MOST_NAMED = 5;

  private final Map<Kind, Integer> unreadable = new EnumMap<>(Kind.class);
  private final List<String> problems = new ArrayList<>();
  private int others;

  void file(Path file, String why) {
    add("%s %s".formatted(file, why));
  }

  void object(Kind kind, String why) {
    unreadable.merge(kind, 1, Integer::sum);
    add("%s %s".formatted(kind.singular(), why));
  }

  Map<Kind, Integer> unreadable() {
    return Map.copyOf(unreadable);
  }

  /** Everything in one line; empty if nothing is missing. */
  Optional<String> text() {
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    String named = String.join("; ", problems);
    return Optional.of(
        others == 0 ? named : String.format(Locale.ROOT, "%s; and %,d more", named, others));
  }

  private void add(String problem) {
    if (problems.size() < MOST_NAMED) {
      problems.add(problem.replaceAll("\\s+", " "));
    } else {
      others++;
    }
  }
}
