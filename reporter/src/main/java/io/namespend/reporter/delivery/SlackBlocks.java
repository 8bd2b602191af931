package io.namespend.reporter.delivery;

import static java.util.stream.Collectors.joining;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.util.json.GsonFactory;
import io.namespend.reporter.digest.Fact;
import io.namespend.reporter.digest.Page;
import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.digest.TextPage;
import java.util.ArrayList;
import java.util.List;

/**
 * A page as blocks of Slack, within its limits; what is left out is counted.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks/">Blocks</a>
 */
final class SlackBlocks {
  /** Slack refuses messages of about 13,200 characters, whatever each block has. */
  static final int LONGEST_MESSAGE = 12_000;

  private static final int MOST_BLOCKS = 50;
  private static final int LONGEST_TEXT = 2_900;
  private static final int LONGEST_HEADER = 150;
  private static final int LONGEST_FALLBACK = 3_000;
  private static final int MOST_FIELDS = 10;

  private SlackBlocks() {}

  /** For notifications, and for programs that show no blocks. */
  static String fallback(Page page) {
    return escape(shorten(page.subject(), LONGEST_FALLBACK / 5));
  }

  static List<LayoutBlock> message(Page page) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(
        HeaderBlock.builder()
            .text(
                PlainTextObject.builder()
                    .text(shorten(page.title(), LONGEST_HEADER))
                    .emoji(false)
                    .build())
            .build());
    blocks.add(small(escape(page.period())));
    page.alarms().stream()
        .limit(5)
        .forEach(
            alarm ->
                blocks.add(
                    section(
                        "%s %s"
                            .formatted(
                                alarm.isGrave()
                                    ? ":red_circle: *Over budget:*"
                                    : ":large_orange_circle: *At risk:*",
                                escape(shorten(alarm.text(), 500))))));
    blocks.add(section("*%s*\n%s".formatted(escape(page.total()), escape(page.change()))));
    if (!page.story().isEmpty()) {
      blocks.add(section(escape(shorten(String.join(" ", page.story()), 1_500))));
    }
    page.warnings().stream()
        .limit(5)
        .forEach(warning -> blocks.add(section(":warning: " + escape(shorten(warning, 500)))));
    for (int from = 0; from < page.facts().size(); from += MOST_FIELDS) {
      blocks.add(
          facts(page.facts().subList(from, Math.min(from + MOST_FIELDS, page.facts().size()))));
    }
    int left = 0;
    for (Page.Section section : page.sections()) {
      LayoutBlock block = section(lines(section));
      if (fits(blocks, block)) {
        blocks.add(block);
      } else {
        left += section.lines().size();
      }
    }
    if (left > 0) {
      blocks.add(small("%d more lines did not fit".formatted(left)));
    }
    page.link()
        .ifPresent(
            link -> blocks.add(section("<%s|Open the dashboard for this week>".formatted(link))));
    return blocks;
  }

  /** Every line of every list, in letters of one width, as far as one message holds them. */
  static List<LayoutBlock> table(Page page) {
    List<LayoutBlock> blocks = new ArrayList<>();
    int left = 0;
    for (Page.Section section : page.sections()) {
      StringBuilder chunk = new StringBuilder(title(section));
      for (String line : TextPage.table(section).lines().toList()) {
        String row = escape(shorten(line.replace('`', '\''), 250)) + "\n";
        if (chunk.length() + row.length() > LONGEST_TEXT - 10) {
          left += add(blocks, chunk);
          chunk = new StringBuilder();
        }
        chunk.append(row);
      }
      left += add(blocks, chunk);
    }
    if (left > 0) {
      blocks.add(small("%d more lines did not fit".formatted(left)));
    }
    return blocks;
  }

  /** Only these three have a meaning that reaches out of a text: mentions, links, entities. */
  static String escape(String text) {
    return PlainText.printable(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  static int length(List<LayoutBlock> blocks) {
    return GsonFactory.createSnakeCase().toJson(blocks).length();
  }

  private static int add(List<LayoutBlock> blocks, StringBuilder chunk) {
    LayoutBlock block = section("```" + chunk + "```");
    if (fits(blocks, block)) {
      blocks.add(block);
      return 0;
    }
    return (int) chunk.toString().lines().count();
  }

  private static String title(Page.Section section) {
    return escape(section.title()) + "\n";
  }

  /** With room for what comes after the last list. */
  private static boolean fits(List<LayoutBlock> blocks, LayoutBlock more) {
    List<LayoutBlock> all = new ArrayList<>(blocks);
    all.add(more);
    return all.size() <= MOST_BLOCKS - 2 && length(all) <= LONGEST_MESSAGE - 1_000;
  }

  private static String lines(Page.Section section) {
    StringBuilder text = new StringBuilder("*%s*".formatted(escape(section.title())));
    int shown = 0;
    for (Page.Line line : section.lines()) {
      String row = "\n" + row(line);
      if (text.length() + row.length() > LONGEST_TEXT - 60) {
        break;
      }
      text.append(row);
      shown++;
    }
    if (shown < section.lines().size()) {
      text.append("\n_%d more lines did not fit_".formatted(section.lines().size() - shown));
    }
    if (!section.more().isEmpty()) {
      text.append("\n_%s_".formatted(escape(section.more())));
    }
    return text.toString();
  }

  private static String row(Page.Line line) {
    String words =
        List.of(line.name(), line.amount(), line.change()).stream()
            .filter(word -> !word.isEmpty())
            .map(SlackBlocks::escape)
            .collect(joining("  "));
    return "• " + words + (line.note().isEmpty() ? "" : " — " + escape(line.note()));
  }

  private static LayoutBlock facts(List<Fact> facts) {
    List<TextObject> fields = new ArrayList<>();
    for (Fact fact : facts) {
      fields.add(
          text(
              "*%s* %s\n%s"
                  .formatted(
                      escape(fact.name()),
                      escape(fact.figure()),
                      escape(shorten(fact.meaning(), 300)))));
    }
    return SectionBlock.builder().fields(fields).build();
  }

  private static LayoutBlock section(String mrkdwn) {
    return SectionBlock.builder().text(text(mrkdwn)).build();
  }

  private static LayoutBlock small(String mrkdwn) {
    return ContextBlock.builder().elements(List.of(text(mrkdwn))).build();
  }

  /** Verbatim: Slack shall not make links and mentions of names. */
  private static MarkdownTextObject text(String mrkdwn) {
    return MarkdownTextObject.builder().text(mrkdwn).verbatim(true).build();
  }

  private static String shorten(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
