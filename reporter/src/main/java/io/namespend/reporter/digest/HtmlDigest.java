package io.namespend.reporter.digest;

import java.util.List;
import java.util.stream.Collectors;

/** A digest as one HTML page that needs nothing else: for a browser, a chat upload or a mail. */
public final class HtmlDigest {
  private static final String FOOTER =
      """
      <footer>
      <p><span class="up">▲</span> up, <span class="down">▼</span> down,
      <span class="steady">▬</span> within 0.5% of the week before. Every namespace carries its
      share of idle capacity.</p>
      </footer>
      """;

  private final int top;

  /**
   * @param top how many namespaces to show at once; the others fold out
   */
  public HtmlDigest(int top) {
    this.top = top;
  }

  public String render(WeeklyDigest digest) {
    Figures figures = new Figures(digest.currencies().current());
    HtmlRows rows = new HtmlRows(digest, figures);
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'">
    <title>Kubernetes costs, %s</title>
    <style>
    %s</style>
    </head>
    <body>
    <main>
    %s%s%s%s%s%s</main>
    </body>
    </html>
    """
        .formatted(
            Figures.period(digest.week()),
            Html.resource("digest.css"),
            header(digest, figures),
            warnings(digest),
            digest.hasSeveralClusters() ? clusters(digest, rows) : "",
            namespaces(digest, rows),
            digest.gone().isEmpty() ? "" : gone(digest, rows),
            FOOTER);
  }

  private static String header(WeeklyDigest digest, Figures figures) {
    return """
    <header>
    <h1>Kubernetes costs of the week</h1>
    <p class="muted period">%s</p>
    <p class="total">%s</p>
    <p><span class="change %s">%s</span> <span class="muted">%s</span></p>
    <table class="facts" role="presentation"><tr>
    %s</tr></table>
    </header>
    """
        .formatted(
            Figures.period(digest.week()),
            Html.escape(figures.amount(digest.total().cost())),
            HtmlRows.style(digest.total().change()),
            Html.escape(ChangeWords.of(digest.total().change(), figures).line()),
            Html.escape(
                DigestWarnings.noComparison(digest)
                    .orElseGet(() -> ChangeWords.reference(digest.total(), figures))),
            Fact.of(digest, figures).stream().map(HtmlDigest::fact).collect(Collectors.joining()));
  }

  private static String fact(Fact fact) {
    return "<td><span class=\"muted\">%s</span><b>%s</b><small>%s</small></td>\n"
        .formatted(fact.name(), Html.escape(fact.figure()), Html.escape(fact.meaning()));
  }

  private static String warnings(WeeklyDigest digest) {
    List<String> warnings = DigestWarnings.of(digest);
    return warnings.isEmpty()
        ? ""
        : warnings.stream()
            .map(warning -> "<p>%s</p>\n".formatted(Html.escape(warning)))
            .collect(
                Collectors.joining(
                    "", "<section class=\"warning\" role=\"note\">\n", "</section>\n"));
  }

  private static String clusters(WeeklyDigest digest, HtmlRows rows) {
    return section(
        "Clusters",
        table(
            rows.head("Cluster", "Cost", "Change"),
            digest.clusters().stream().map(rows::cluster).collect(Collectors.joining())));
  }

  private String namespaces(WeeklyDigest digest, HtmlRows rows) {
    Ranking ranking = digest.ranking(top);
    String sums =
        (digest.hasUnallocated() ? rows.sum("sum", "unallocated", digest.unallocated()) : "")
            + rows.sum("grand", "total", digest.total());
    return section(
        "Namespaces",
        table(rows.head("Namespace", "Cost", "Change"), ranked(ranking.top(), rows))
            + (ranking.rest().isEmpty() ? "" : folded(ranking, rows))
            + table("", sums));
  }

  private static String folded(Ranking ranking, HtmlRows rows) {
    return "<details>\n%s%s</details>\n"
        .formatted(
            rows.summary("and %d more".formatted(ranking.rest().size()), ranking.restCost()),
            table("", ranked(ranking.rest(), rows)));
  }

  private static String ranked(List<NamespaceCost> namespaces, HtmlRows rows) {
    return namespaces.stream().map(rows::namespace).collect(Collectors.joining());
  }

  private static String gone(WeeklyDigest digest, HtmlRows rows) {
    return section(
        "Gone, with cost in the week before only",
        table(
            rows.head("Namespace", "Week before", ""),
            digest.gone().stream().map(rows::gone).collect(Collectors.joining())));
  }

  private static String section(String title, String content) {
    return "<section>\n<h2>%s</h2>\n%s</section>\n".formatted(title, content);
  }

  private static String table(String head, String rows) {
    return """
    <table>
    <colgroup><col><col class="cost"><col class="delta"></colgroup>
    %s%s</table>
    """
        .formatted(head, rows);
  }
}
