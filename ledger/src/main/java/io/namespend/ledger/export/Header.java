package io.namespend.ledger.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a CSV file by name. {@code lineItem/UnblendedCost}, {@code
 * line_item_unblended_cost} and {@code LINEITEMUNBLENDEDCOST} are one name: formats differ only in
 * how they write words.
 */
final class Header {
  private final List<String> names;
  private final Map<String, Integer> places = new HashMap<>();

  Header(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      places.putIfAbsent(plain(names.get(i)), i);
    }
  }

  List<String> names() {
    return names;
  }

  boolean has(String name) {
    return places.containsKey(plain(name));
  }

  /** The first of these names that is there; a column without cells if none is. */
  Column column(String... alternatives) {
    for (String name : alternatives) {
      Integer place = places.get(plain(name));
      if (place != null) {
        return new Column(names.get(place), place);
      }
    }
    return new Column(alternatives[0], Column.ABSENT);
  }

  /**
   * @throws UnreadableExportException that names all that are missing
   */
  void require(String file, String... required) {
    List<String> missing = new ArrayList<>();
    for (String name : required) {
      if (!has(name)) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new UnreadableExportException(
          "%s line 1: %s missing; add %s to the export"
              .formatted(
                  file,
                  missing.size() == 1
                      ? "the column " + missing.get(0) + " is"
                      : "the columns " + String.join(", ", missing) + " are",
                  missing.size() == 1 ? "it" : "them"));
    }
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char character = name.charAt(i);
      if (Character.isLetterOrDigit(character)) {
        plain.append(Character.toLowerCase(character));
      }
    }
    return plain.toString();
  }
}
