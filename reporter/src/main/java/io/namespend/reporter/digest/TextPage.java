package io.namespend.reporter.digest;

import static io.namespend.reporter.digest.TextTable.Align.LEFT;
import static io.namespend.reporter.digest.TextTable.Align.RIGHT;

import java.util.List;

/** A page as plain text: for a terminal, a log, a mail without HTML. */
public final class TextPage {
  private TextPage() {}

  public static String render(Page page) {
    StringBuilder text = new StringBuilder();
    text.append(page.title()).append(", ").append(page.period()).append("\n\n");
    page.alarms()
        .forEach(
            alarm -> text.append(alarm.isGrave() ? "!! " : "! ").append(alarm.text()).append('\n'));
    page.story().forEach(sentence -> text.append(sentence).append('\n'));
    text.append(page.alarms().isEmpty() && page.story().isEmpty() ? "" : "\n");
    TextTable facts = new TextTable(LEFT, RIGHT, LEFT);
    facts.add(List.of("Total", page.total(), page.change()));
    page.facts().forEach(fact -> facts.add(List.of(fact.name(), fact.figure(), fact.meaning())));
    text.append(facts);
    page.warnings()
        .forEach(warning -> text.append("\n! ").append(PlainText.printable(warning)).append('\n'));
    for (Page.Section section : page.sections()) {
      text.append('\n').append(section.title()).append("\n\n");
      text.append(table(section));
    }
    page.link().ifPresent(link -> text.append('\n').append(link).append('\n'));
    return text.toString();
  }

  /** The lines of a section, in columns. */
  public static String table(Page.Section section) {
    TextTable table = new TextTable(LEFT, RIGHT, RIGHT, LEFT);
    section
        .lines()
        .forEach(
            line -> table.add(List.of(line.name(), line.amount(), line.change(), line.note())));
    if (!section.more().isEmpty()) {
      table.add(List.of(section.more(), "", "", ""));
    }
    return table.toString();
  }
}
