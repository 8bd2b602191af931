package io.namespend.reporter.digest;

import static io.namespend.reporter.digest.TextTable.Align.LEFT;
import static io.namespend.reporter.digest.TextTable.Align.RIGHT;

import java.util.List;

/** A digest as plain text for a terminal, a log or a mail. */
public final class TextDigest {
  private final int top;

  /**
   * @param top how many namespaces to name; the others are summed up
   */
  public TextDigest(int top) {
    this.top = top;
  }

  public String render(WeeklyDigest digest) {
    Figures figures = new Figures(digest.currencies().current());
    StringBuilder text = new StringBuilder();
    text.append("Kubernetes costs, %s%n".formatted(Figures.period(digest.week()))).append('\n');
    text.append(headlines(digest, figures));
    DigestWarnings.of(digest).forEach(warning -> text.append("\n! ").append(warning).append('\n'));
    if (digest.hasSeveralClusters()) {
      text.append('\n').append(clusters(digest, figures));
    }
    text.append('\n').append(namespaces(digest, figures));
    if (!digest.gone().isEmpty()) {
      text.append("\nGone, with cost in the week before only:\n\n").append(gone(digest, figures));
    }
    return text.toString();
  }

  private static TextTable headlines(WeeklyDigest digest, Figures figures) {
    WeekOnWeek total = digest.total();
    TextTable table = new TextTable(LEFT, RIGHT, LEFT);
    table.add(
        List.of(
            "Total",
            figures.amount(total.cost()),
            "%s %s"
                .formatted(
                    ChangeWords.of(total.change(), figures).line(),
                    ChangeWords.reference(total, figures))));
    for (Fact fact : Fact.of(digest, figures)) {
      table.add(List.of(fact.name(), fact.figure(), fact.meaning()));
    }
    return table;
  }

  private static TextTable clusters(WeeklyDigest digest, Figures figures) {
    TextTable table = new TextTable(LEFT, RIGHT, RIGHT, LEFT, RIGHT, RIGHT, RIGHT);
    table.add(List.of("CLUSTER", "COST", "SHARE", "", "CHANGE", "", "COVERAGE"));
    for (ClusterCost row : digest.clusters()) {
      ChangeWords change = ChangeWords.of(row.cost().change(), figures);
      table.add(
          List.of(
              PlainText.name(row.cluster()),
              figures.amount(row.cost().cost()),
              Figures.percent(digest.share(row.cost().cost())),
              change.mark(),
              change.difference(),
              change.percent(),
              Figures.coverage(row.coverage().week())));
    }
    return table;
  }

  private TextTable namespaces(WeeklyDigest digest, Figures figures) {
    Rows rows = new Rows(digest, figures);
    Ranking ranking = digest.ranking(top);
    for (NamespaceCost row : ranking.top()) {
      rows.addRanked(row);
    }
    if (!ranking.rest().isEmpty()) {
      rows.addSum("and %d more".formatted(ranking.rest().size()), ranking.restCost());
    }
    if (digest.hasUnallocated()) {
      rows.addSum("unallocated", digest.unallocated());
    }
    rows.addSum("total", digest.total());
    return rows.table;
  }

  private TextTable gone(WeeklyDigest digest, Figures figures) {
    TextTable table = new TextTable(LEFT, LEFT, RIGHT);
    List<NamespaceCost> gone = digest.gone();
    for (NamespaceCost row : gone.subList(0, Math.min(top, gone.size()))) {
      table.add(
          List.of(
              PlainText.name(row.namespace()),
              digest.hasSeveralClusters() ? PlainText.name(row.cluster()) : "",
              figures.amount(row.cost().before())));
    }
    if (gone.size() > top) {
      List<NamespaceCost> rest = gone.subList(top, gone.size());
      String before = figures.amount(NamespaceCost.sum(rest).before());
      table.add(List.of("and %d more".formatted(rest.size()), "", before));
    }
    return table;
  }

  /** The ranking and the lines below it. */
  private static final class Rows {
    private final WeeklyDigest digest;
    private final Figures figures;
    private final TextTable table =
        new TextTable(RIGHT, LEFT, LEFT, RIGHT, RIGHT, LEFT, RIGHT, RIGHT);
    private int rank;

    Rows(WeeklyDigest digest, Figures figures) {
      this.digest = digest;
      this.figures = figures;
      String cluster = digest.hasSeveralClusters() ? "CLUSTER" : "";
      table.add(List.of("#", "NAMESPACE", cluster, "COST", "SHARE", "", "CHANGE", ""));
    }

    void addRanked(NamespaceCost row) {
      rank++;
      String cluster = digest.hasSeveralClusters() ? PlainText.name(row.cluster()) : "";
      add(String.valueOf(rank), PlainText.name(row.namespace()), cluster, row.cost());
    }

    void addSum(String name, WeekOnWeek cost) {
      add("", name, "", cost);
    }

    private void add(String number, String name, String cluster, WeekOnWeek cost) {
      ChangeWords change = ChangeWords.of(cost.change(), figures);
      table.add(
          List.of(
              number,
              name,
              cluster,
              figures.amount(cost.cost()),
              Figures.percent(digest.share(cost.cost())),
              change.mark(),
              change.difference(),
              change.percent()));
    }
  }
}
