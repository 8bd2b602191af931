package io.namespend.reporter.digest;

import io.namespend.reporter.digest.Change.Moved;
import java.util.Locale;

/** The rows of the page's tables. Names in them are hostile and go through {@link Html#escape}. */
final class HtmlRows {
  private final WeeklyDigest digest;
  private final Figures figures;

  HtmlRows(WeeklyDigest digest, Figures figures) {
    this.digest = digest;
    this.figures = figures;
  }

  /** Of a change: for the eye only, since the arrow says the same. */
  static String style(Change change) {
    return change instanceof Moved moved
        ? moved.direction().name().toLowerCase(Locale.ROOT)
        : "new";
  }

  String head(String name, String cost, String change) {
    return "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n"
        .formatted(name, cost, change);
  }

  String namespace(NamespaceCost row) {
    return ranked(name(row), row.cost());
  }

  String cluster(ClusterCost row) {
    String coverage =
        "<small>coverage %s, %s the week before</small>"
            .formatted(
                Figures.coverage(row.coverage().week()), Figures.coverage(row.coverage().before()));
    return ranked(Html.escape(PlainText.name(row.cluster())) + coverage, row.cost());
  }

  String gone(NamespaceCost row) {
    return "<tr><td>%s</td><td>%s</td><td></td></tr>\n"
        .formatted(name(row), Html.escape(figures.amount(row.cost().before())));
  }

  String sum(String style, String name, WeekOnWeek cost) {
    return "<tr class=\"%s\"><td>%s</td><td>%s<small>%s</small></td><td>%s</td></tr>\n"
        .formatted(
            style,
            name,
            Html.escape(figures.amount(cost.cost())),
            Figures.percent(digest.share(cost.cost())),
            change(cost.change()));
  }

  String summary(String name, WeekOnWeek cost) {
    return "<summary>%s <span>%s, %s</span></summary>\n"
        .formatted(
            name,
            Html.escape(figures.amount(cost.cost())),
            Figures.percent(digest.share(cost.cost())));
  }

  private String name(NamespaceCost row) {
    String cluster =
        digest.hasSeveralClusters()
            ? "<small>%s</small>".formatted(Html.escape(PlainText.name(row.cluster())))
            : "";
    return Html.escape(PlainText.name(row.namespace())) + cluster;
  }

  private String ranked(String name, WeekOnWeek cost) {
    double share = digest.share(cost.cost());
    return """
    <tr><td>%s<div class="bar"><i style="width:%s%%"></i></div></td>\
    <td>%s<small>%s</small></td><td>%s</td></tr>
    """
        .formatted(
            name,
            String.format(Locale.ROOT, "%.1f", Math.min(1, Math.max(0, share)) * 100),
            Html.escape(figures.amount(cost.cost())),
            Figures.percent(share),
            change(cost.change()));
  }

  private String change(Change change) {
    ChangeWords words = ChangeWords.of(change, figures);
    return "<span class=\"change %s\">%s</span><small>%s</small>"
        .formatted(
            style(change),
            (words.mark() + " " + words.percent()).strip(),
            Html.escape(words.difference()));
  }
}
