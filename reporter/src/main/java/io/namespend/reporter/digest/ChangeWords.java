package io.namespend.reporter.digest;

import io.namespend.reporter.digest.Change.Gone;
import io.namespend.reporter.digest.Change.Moved;
import io.namespend.reporter.digest.Change.New;
import io.namespend.reporter.digest.Change.Unknown;

/** A change in the parts that every rendering shows: an arrow or a word, and how much. */
record ChangeWords(String mark, String difference, String percent) {
  static ChangeWords of(Change change, Figures figures) {
    // Patterns in switch need a newer Java than our floor.
    if (change instanceof Moved moved) {
      return new ChangeWords(
          Figures.arrow(moved.direction()) + " " + word(moved.direction()),
          figures.difference(moved.difference()),
          Figures.percentDifference(moved.ratio()));
    }
    if (change instanceof Unknown) {
      return new ChangeWords("", "", "");
    }
    return new ChangeWords(change instanceof Gone ? "gone" : "new", "", "");
  }

  private static String word(Change.Direction direction) {
    return switch (direction) {
      case UP -> "up";
      case DOWN -> "down";
      case STEADY -> "steady";
    };
  }

  static Page.Tone tone(Change change) {
    if (change instanceof Moved moved) {
      return switch (moved.direction()) {
        case UP -> Page.Tone.UP;
        case DOWN -> Page.Tone.DOWN;
        case STEADY -> Page.Tone.PLAIN;
      };
    }
    return Page.Tone.PLAIN;
  }

  /** Beside an amount in a list. */
  String row() {
    return (mark + " " + percent).strip();
  }

  /** All of it on one line. */
  String line() {
    return difference.isEmpty() ? mark : "%s %s (%s)".formatted(mark, difference, percent);
  }

  /** What a total is compared with. */
  static String reference(WeekOnWeek total, Figures figures) {
    return total.change() instanceof New
        ? "(no cost in the week before to compare with)"
        : "from %s the week before".formatted(figures.amount(total.before()));
  }
}
