package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A brief in words. Every rendering shows these, so that none says something else; names in them
 * are hostile still, and escaped by each rendering.
 *
 * @param subject the amount and its change, short, for the subject of a mail
 * @param change of the total, with what it is compared with
 * @param tone of the change
 * @param alarms what is in danger, the gravest first
 * @param story the sentences that matter
 * @param link to the dashboard with the same window
 */
public record Page(
    String title,
    String subject,
    String period,
    String total,
    String change,
    Tone tone,
    List<Alarm> alarms,
    List<String> story,
    List<Fact> facts,
    List<String> warnings,
    List<Section> sections,
    Optional<URI> link) {
  public Page {
    requireNonNull(title, "title");
    requireNonNull(tone, "tone");
    alarms = List.copyOf(alarms);
    story = List.copyOf(story);
    facts = List.copyOf(facts);
    warnings = List.copyOf(warnings);
    sections = List.copyOf(sections);
  }

  /** A page without a story. */
  public Page(
      String title,
      String period,
      String total,
      String change,
      List<Fact> facts,
      List<String> warnings,
      List<Section> sections,
      Optional<URI> link) {
    this(
        title,
        "%s: %s, %s".formatted(title, total, period),
        period,
        total,
        change,
        Tone.PLAIN,
        List.of(),
        List.of(),
        facts,
        warnings,
        sections,
        link);
  }

  /** What a colour says, where there are colours; words say the same. */
  public enum Tone {
    PLAIN,
    UP,
    DOWN,
    WARNING,
    GRAVE;

    /** For text on white, dark enough to be read. */
    int color() {
      return switch (this) {
        case PLAIN -> 0x57606A;
        case UP, WARNING -> 0x9A4A00;
        case DOWN -> 0x1A7F37;
        case GRAVE -> 0xB42318;
      };
    }

    /** The same as HTML has it. */
    String html() {
      return "#%06x".formatted(color());
    }
  }

  /**
   * What is in danger.
   *
   * @param isGrave whether it has happened already
   */
  public record Alarm(boolean isGrave, String text) {
    Tone tone() {
      return isGrave ? Tone.GRAVE : Tone.WARNING;
    }
  }

  /**
   * A list with a title.
   *
   * @param more what the list left out; empty if nothing
   */
  public record Section(String title, List<Line> lines, String more) {
    public Section {
      lines = List.copyOf(lines);
    }
  }

  /**
   * One line of a list; note, amount and change can be empty.
   *
   * @param note small print about the name
   * @param tone of the change
   * @param share of the total, for a bar
   */
  public record Line(
      String name, String note, String amount, String change, Tone tone, OptionalDouble share) {
    public Line(String name, String note, String amount, String change) {
      this(name, note, amount, change, Tone.PLAIN, OptionalDouble.empty());
    }
  }
}
