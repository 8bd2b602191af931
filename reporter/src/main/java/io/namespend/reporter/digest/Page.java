package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A brief in words. Every rendering shows these, so that none says something else; names in them
 * are hostile still, and escaped by each rendering.
 *
 * @param change of the total, with what it is compared with
 * @param link to the dashboard with the same window
 */
public record Page(
    String title,
    String period,
    String total,
    String change,
    List<Fact> facts,
    List<String> warnings,
    List<Section> sections,
    Optional<URI> link) {
  public Page {
    requireNonNull(title, "title");
    facts = List.copyOf(facts);
    warnings = List.copyOf(warnings);
    sections = List.copyOf(sections);
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
   * One line of a list; the last three can be empty.
   *
   * @param note small print about the name
   */
  public record Line(String name, String note, String amount, String change) {}
}
