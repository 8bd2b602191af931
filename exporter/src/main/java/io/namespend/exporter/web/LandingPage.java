package io.namespend.exporter.web;

import io.namespend.exporter.web.SourceState.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page at {@code /}, for a person who found the port. */
final class LandingPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --dim: #59636e; --line: #d8dee4;
        --ok: #1a7f37; --waiting: #8a5a00; --failing: #c4232c; --link: #0a58ca }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6edf3; --paper: #0f1318; --dim: #9aa5b1; --line: #2c343d;
          --ok: #4ac26b; --waiting: #e0a83a; --failing: #ff7b72; --link: #79b8ff }
      }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 46rem; margin: 2.5rem auto; padding: 0 1rem }
      h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 }
      h2 { font-size: 1.05rem; margin: 2rem 0 .25rem }
      p { margin: .4rem 0 }
      a { color: var(--link) }
      code { font-size: .9em }
      nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 }
      table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
      th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
        border-bottom: 1px solid var(--line) }
      th { font-weight: 600; overflow-wrap: anywhere }
      td:nth-child(2) { width: 5.5rem }
      td:nth-child(3) { width: 9rem }
      td:last-child { width: 15rem; padding-right: 0 }
      .costs td:nth-child(2), .costs td:nth-child(3) { width: 7.5rem; text-align: right }
      .costs td:last-child { width: 14rem; padding-left: 1rem }
      .dim, time { color: var(--dim) }
      .ok { color: var(--ok) } .waiting { color: var(--waiting) } .failing { color: var(--failing) }
      .state { font-weight: 600 }
      @media (max-width: 34rem) {
        tr { display: grid; grid-template-columns: 1fr auto; padding: .35rem 0;
          border-bottom: 1px solid var(--line) }
        th, td { border: 0; padding: 0 }
        td:nth-child(n) { width: auto }
        td:last-child { text-align: right }
        td:nth-child(2) { text-align: right }
      }
      """;

  private LandingPage() {}

  static String html(ExporterStatus status) {
    return html(status, CostOverview.NONE);
  }

  static String html(ExporterStatus status, CostOverview costs) {
    Map<String, List<SourceState>> groups =
        status.sources().stream()
            .collect(
                Collectors.groupingBy(SourceState::group, LinkedHashMap::new, Collectors.toList()));
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Namespend exporter</title>
    <style>
    %s</style>
    </head>
    <body>
    <h1>Namespend exporter</h1>
    <p class="dim">Version %s on Java %s</p>
    %s
    %s<nav>
    <a href="/metrics">/metrics</a>
    <a href="/-/ready">/-/ready</a>
    <a href="/-/healthy">/-/healthy</a>
    </nav>
    <p class="dim">Prices and request costs of this cluster, for Prometheus to scrape with
    <code>honor_labels: true</code>. Each metric says in its HELP what it is; docs/metrics.md lists
    them with units and labels, docs/install.md says how to go on from here.</p>
    %s</body>
    </html>
    """
        .formatted(
            STYLE,
            escaped(status.version()),
            escaped(System.getProperty("java.version")),
            verdict(status),
            costs(costs),
            groups.entrySet().stream()
                .map(group -> table(group.getKey(), group.getValue(), status.now()))
                .collect(Collectors.joining()));
  }

  private static String costs(CostOverview costs) {
    if (costs.facts().isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<h2>What it costs now</h2>\n");
    appendCosts(costs.facts(), "", html);
    for (CostOverview.Table table : costs.tables()) {
      if (!table.rows().isEmpty()) {
        html.append("<h2>%s</h2>\n".formatted(escaped(table.title())));
        appendCosts(table.rows(), table.more(), html);
      }
    }
    return html.append(
            "<p class=\"dim\">Measured usage, idle and shared capacity, months and budgets come"
                + " with the rules in Prometheus, which charge requests and usage.</p>\n")
        .toString();
  }

  private static void appendCosts(List<CostOverview.Fact> rows, String more, StringBuilder html) {
    html.append(
        "<table class=\"costs\">\n<tr><th></th><td>an hour</td><td>a month</td><td></td></tr>\n");
    for (CostOverview.Fact row : rows) {
      html.append(
          "<tr><th>%s</th><td>%s</td><td>%s</td><td class=\"dim\">%s</td></tr>\n"
              .formatted(
                  escaped(row.name()),
                  escaped(row.hourly()),
                  escaped(row.monthly()),
                  escaped(row.detail())));
    }
    html.append("</table>\n");
    if (!more.isEmpty()) {
      html.append("<p class=\"dim\">%s</p>\n".formatted(escaped(more)));
    }
  }

  private static String verdict(ExporterStatus status) {
    if (status.unhealthy().isPresent()) {
      return "<p class=\"state failing\">Not healthy, %s; restart it</p>"
          .formatted(escaped(status.unhealthy().get()));
    }
    return status
        .notReady()
        .map(why -> "<p class=\"state waiting\">Not ready, " + escaped(why) + "</p>")
        .or(
            () ->
                status
                    .missing()
                    .map(
                        what ->
                            "<p class=\"state waiting\">Ready, without " + escaped(what) + "</p>"))
        .orElse("<p class=\"state ok\">Ready</p>");
  }

  private static String table(String title, List<SourceState> sources, Instant now) {
    return "<h2>%s</h2>\n<table>\n%s</table>\n"
        .formatted(
            escaped(title),
            sources.stream().map(source -> row(source, now)).collect(Collectors.joining()));
  }

  private static String row(SourceState source, Instant now) {
    return "<tr><th>%s</th><td class=\"%s\">%s</td><td>%s</td><td class=\"dim\">%s</td></tr>\n"
        .formatted(
            escaped(source.name()),
            word(source.condition()),
            word(source.condition()),
            time(source.lastSuccess(), now),
            escaped(source.detail()));
  }

  private static String word(Condition condition) {
    return condition.name().toLowerCase(Locale.ROOT);
  }

  private static String time(Optional<Instant> time, Instant now) {
    return time.map(
            at ->
                "<time datetime=\"%1$s\" title=\"%1$s\">%2$s</time>"
                    .formatted(at.truncatedTo(ChronoUnit.SECONDS), ago(Duration.between(at, now))))
        .orElse("<span class=\"dim\">never</span>");
  }

  /** In the largest unit of which there are two, so that no half of an hour is hidden. */
  private static String ago(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 2) {
      return "just now";
    }
    if (seconds < 120) {
      return seconds + " s ago";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + " min ago";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
