package io.namespend.reporter.digest;

import java.util.stream.Collectors;

/**
 * A page as HTML that holds in mail programs: tables and inline styles only, because Outlook lays
 * out with Word, and Gmail drops what is not inline and cuts what is longer than 102 kB.
 */
public final class MailPage {
  private static final String FONT = "font-family:Arial,Helvetica,sans-serif;";
  private static final String CELL = "padding:6px 0;border-bottom:1px solid #e5e7eb;";
  private static final String RIGHT =
      CELL + "text-align:right;white-space:nowrap;vertical-align:top;padding-left:12px;";
  private static final String MUTED = "color:#57606a;font-size:13px;";

  private MailPage() {}

  /**
   * A mail, with what does not fit in its attachment.
   *
   * @param image of the chart, such as cid:chart; empty for none
   */
  public static String render(Page page, String image) {
    return render(page, image, "; all are in the attached CSV");
  }

  /**
   * @param rest where what a list left out is to be found
   */
  public static String render(Page page, String image, String rest) {
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8">\
    <meta name="viewport" content="width=device-width,initial-scale=1">\
    <title>%s</title></head>
    <body style="margin:0;padding:0;background-color:#f3f4f6;">
    <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" \
    bgcolor="#f3f4f6"><tr><td align="center" style="padding:12px;">
    <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" \
    bgcolor="#ffffff" style="max-width:640px;background-color:#ffffff;%scolor:#1f2328;\
    font-size:15px;line-height:1.4;"><tr><td style="padding:20px;">
    %s%s%s%s%s%s%s</td></tr></table>
    </td></tr></table>
    </body></html>
    """
        .formatted(
            Html.escape(page.title()),
            FONT,
            head(page),
            page.warnings().stream().map(MailPage::warning).collect(Collectors.joining()),
            image.isEmpty() ? "" : image(image),
            page.sections().stream()
                .map(section -> section(section, rest))
                .collect(Collectors.joining()),
            facts(page),
            page.link().map(link -> button(link.toString())).orElse(""),
            """
            <p style="%smargin:20px 0 0 0;">Steady is within 0.5%% of the week before. Bars are \
            shares of the total, or of a budget.</p>
            """
                .formatted(MUTED));
  }

  private static String head(Page page) {
    return """
    <h1 style="margin:0;font-size:20px;">%s</h1>
    <p style="margin:2px 0 12px 0;%s">%s</p>
    %s<p style="margin:12px 0 0 0;font-size:34px;font-weight:bold;line-height:1.1;">%s</p>
    <p style="margin:4px 0 12px 0;color:%s;font-weight:bold;">%s</p>
    %s\
    """
        .formatted(
            Html.escape(page.title()),
            MUTED,
            Html.escape(page.period()),
            page.alarms().stream().map(MailPage::alarm).collect(Collectors.joining()),
            Html.escape(page.total()),
            page.tone().html(),
            Html.escape(page.change()),
            page.story().isEmpty()
                ? ""
                : "<p style=\"margin:0 0 14px 0;font-size:16px;\">%s</p>\n"
                    .formatted(
                        page.story().stream().map(Html::escape).collect(Collectors.joining(" "))));
  }

  private static String alarm(Page.Alarm alarm) {
    return box(
        alarm.isGrave() ? "#fdecea" : "#fff4e0",
        alarm.tone().html(),
        "<b style=\"color:%s;\">%s</b> %s"
            .formatted(
                alarm.tone().html(),
                alarm.isGrave() ? "Over budget:" : "At risk:",
                Html.escape(alarm.text())));
  }

  private static String warning(String text) {
    return box("#f3f4f6", "#57606a", "&#9888; " + Html.escape(text));
  }

  private static String box(String background, String border, String content) {
    return """
    <table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0">\
    <tr><td bgcolor="%s" style="padding:8px 12px;background-color:%s;\
    border-left:4px solid %s;font-size:14px;">%s</td></tr>\
    <tr><td style="height:6px;font-size:0;line-height:0;">&nbsp;</td></tr></table>
    """
        .formatted(background, background, border, content);
  }

  private static String image(String source) {
    return """
    <p style="margin:12px 0;"><img src="%s" width="600" alt="Cost of each day" \
    style="width:100%%;max-width:600px;height:auto;border:0;display:block;"></p>
    """
        .formatted(Html.escape(source));
  }

  private static String facts(Page page) {
    return "<h2 style=\"margin:24px 0 4px 0;font-size:16px;\">Figures</h2>\n"
        + table(
            page.facts().stream()
                .map(
                    fact ->
                        "<tr><td style=\"%s\">%s<br><span style=\"%s\">%s</span></td><td style=\"%sfont-weight:bold;\">%s</td></tr>\n"
                            .formatted(
                                CELL,
                                Html.escape(fact.name()),
                                MUTED,
                                Html.escape(fact.meaning()),
                                RIGHT,
                                Html.escape(fact.figure())))
                .collect(Collectors.joining()));
  }

  private static String section(Page.Section section, String rest) {
    String rows = section.lines().stream().map(MailPage::line).collect(Collectors.joining());
    String more =
        section.more().isEmpty()
            ? ""
            : "<tr><td colspan=\"2\" style=\"padding:6px 0;%s\">%s%s</td></tr>\n"
                .formatted(MUTED, Html.escape(section.more()), Html.escape(rest));
    return "<h2 style=\"margin:24px 0 4px 0;font-size:16px;\">%s</h2>\n%s"
        .formatted(Html.escape(section.title()), table(rows + more));
  }

  private static String line(Page.Line line) {
    String note =
        line.note().isEmpty()
            ? ""
            : "<br><span style=\"%s\">%s</span>".formatted(MUTED, Html.escape(line.note()));
    String change =
        line.change().isEmpty()
            ? ""
            : "<br><span style=\"font-size:13px;color:%s;\">%s</span>"
                .formatted(line.tone().html(), Html.escape(line.change()));
    String bar = line.share().isPresent() ? bar(line.share().getAsDouble(), line.tone()) : "";
    return "<tr><td style=\"%sword-break:break-word;\">%s%s%s</td><td width=\"38%%\" style=\"%s\">%s%s</td></tr>\n"
        .formatted(
            CELL, Html.escape(line.name()), note, bar, RIGHT, Html.escape(line.amount()), change);
  }

  /** Of cells, since Outlook knows no other bars. */
  private static String bar(double share, Page.Tone tone) {
    long filled = Math.round(share * 100);
    String cell =
        "<td width=\"%d%%\" bgcolor=\"%s\""
            + " style=\"height:5px;font-size:0;line-height:0;\">&nbsp;</td>";
    String full = tone == Page.Tone.GRAVE ? tone.html() : "#0072b2";
    return "<table role=\"presentation\" width=\"100%%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>%s%s</tr></table>"
        .formatted(
            filled > 0 ? cell.formatted(filled, full) : "",
            filled < 100 ? cell.formatted(100 - filled, "#e5e7eb") : "");
  }

  private static String table(String rows) {
    return """
    <table width="100%%" cellpadding="0" cellspacing="0" border="0" \
    style="border-collapse:collapse;">
    %s</table>
    """
        .formatted(rows);
  }

  private static String button(String link) {
    return """
    <p style="margin:24px 0 0 0;"><a href="%s" style="color:#0969da;font-weight:bold;">\
    Open the dashboard for this week</a></p>
    """
        .formatted(Html.escape(link));
  }
}
