package io.namespend.reporter.digest;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import io.namespend.reporter.digest.Brief.Budget;
import io.namespend.reporter.digest.Brief.Mover;
import io.namespend.reporter.digest.Brief.Saving;
import io.namespend.reporter.digest.Brief.Spender;
import io.namespend.reporter.digest.Brief.UnitCost;
import io.namespend.reporter.digest.Page.Line;
import io.namespend.reporter.digest.Page.Section;
import io.namespend.reporter.digest.Page.Tone;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts a brief into words. */
public final class PageWriter {
  private final Optional<URI> dashboards;
  private final int top;

  /**
   * @param dashboards address of Grafana
   * @param top how many lines a list has at most
   */
  public PageWriter(Optional<URI> dashboards, int top) {
    this.dashboards = dashboards;
    this.top = top;
  }

  public Page write(Brief brief) {
    Figures figures = new Figures(brief.currencies().current());
    List<Section> sections = new ArrayList<>();
    add(
        sections,
        "What moved most",
        brief.movers(),
        mover -> mover(mover, brief, figures),
        brief.movers().size());
    add(
        sections,
        "Why it changed",
        why(brief),
        reason ->
            new Line(
                reason.name(),
                "",
                figures.difference(reason.amount()),
                "",
                reason.amount() > 0 ? Tone.UP : Tone.DOWN,
                OptionalDouble.empty()),
        Integer.MAX_VALUE);
    boolean isCompany = brief.scope().team().isEmpty();
    addSpenders(
        sections, isCompany ? "Teams" : "Namespaces", brief.spenders(), brief, figures, top);
    if (isCompany) {
      addSpenders(
          sections,
          "Namespaces",
          brief.namespaces().stream()
              .filter(row -> WeekOnWeek.isVisible(row.cost().cost()))
              .map(row -> new Spender(row.namespace(), row.cluster(), row.cost()))
              .toList(),
          brief,
          figures,
          top);
    }
    add(
        sections,
        "Gone, with cost in the week before only",
        gone(brief),
        row -> gone(row, brief, figures),
        top);
    if (brief.clusters().size() > 1) {
      add(sections, "Clusters", brief.clusters(), row -> cluster(row, brief, figures), top);
    }
    brief
        .efficiency()
        .flatMap(Brief.Efficiency::saving)
        .ifPresent(
            saving ->
                sections.add(
                    new Section(
                        "The saving that matters most",
                        List.of(saving(saving, brief, figures)),
                        "")));
    add(sections, "Budgets", brief.budgets(), budget -> budget(budget, figures), top);
    add(sections, "Unit costs", brief.unitCosts(), unit -> unit(unit, figures), top);
    return new Page(
        brief
            .scope()
            .team()
            .map(team -> "Kubernetes costs of " + PlainText.name(team))
            .orElse("Kubernetes costs"),
        subject(brief, figures),
        Figures.period(brief.week()),
        figures.amount(brief.total().cost()),
        brief
            .noComparison()
            .orElseGet(
                () ->
                    "%s %s"
                        .formatted(
                            ChangeWords.of(brief.total().change(), figures).line(),
                            ChangeWords.reference(brief.total(), figures))),
        ChangeWords.tone(brief.total().change()),
        Story.alarms(brief, figures),
        Story.of(brief, figures),
        facts(brief, figures),
        brief.warnings(),
        sections,
        dashboards.map(base -> DashboardLink.to(base, brief)));
  }

  /** Such as "payments: $32.43, +35%, week to 22 Nov". */
  private static String subject(Brief brief, Figures figures) {
    List<String> parts = new ArrayList<>();
    parts.add(figures.amount(brief.total().cost()));
    if (brief.noComparison().isEmpty() && brief.total().change() instanceof Change.Moved moved) {
      parts.add((moved.ratio() < 0 ? "" : "+") + Figures.wholePercent(moved.ratio()));
    }
    parts.add("week to " + Figures.day(brief.week()));
    if (brief.budgets().stream().anyMatch(Budget::isExceeded)) {
      parts.add("over budget");
    }
    return "%s: %s"
        .formatted(
            brief.scope().team().map(PlainText::name).orElse("Kubernetes costs"),
            String.join(", ", parts));
  }

  /** The parts of the change, and their sum. */
  private static List<Brief.Reason> why(Brief brief) {
    List<Brief.Reason> why = new ArrayList<>(brief.reasons());
    if (!why.isEmpty()) {
      why.add(new Brief.Reason("all of the change", brief.total().cost() - brief.total().before()));
    }
    return why;
  }

  private static List<Fact> facts(Brief brief, Figures figures) {
    List<Fact> facts = new ArrayList<>();
    brief
        .parts()
        .ifPresent(
            parts -> {
              facts.add(
                  part("Direct", parts.direct(), brief, figures, "for what is requested and used"));
              facts.add(part("Idle", parts.idle(), brief, figures, "share of free capacity"));
              facts.add(part("Shared", parts.shared(), brief, figures, "share of common services"));
              if (WeekOnWeek.isVisible(parts.unallocated().cost())) {
                facts.add(part("Unallocated", parts.unallocated(), brief, figures, "nobody's"));
              }
            });
    facts.add(
        fact(
            "Month to date",
            brief.monthToDate(),
            figures,
            Figures.monthToDate(brief.week(), brief.monthCoverage()) + comparedToBudget(brief)));
    facts.addAll(expected(brief, figures));
    brief
        .efficiency()
        .ifPresent(
            efficiency ->
                facts.add(
                    new Fact(
                        "Efficiency",
                        Figures.percent(efficiency.ratio()),
                        "%s used of %s requested (CPU and memory)"
                            .formatted(
                                figures.amount(efficiency.used()),
                                figures.amount(efficiency.requested())))));
    brief
        .unattributed()
        .ifPresent(
            share ->
                facts.add(
                    new Fact("Unattributed", Figures.percent(share), "of the cost has no owner")));
    brief
        .usageMeasured()
        .ifPresent(
            share -> {
              String measured = Figures.coverage(share);
              if (!measured.equals(Figures.percent(1))) {
                facts.add(
                    new Fact(
                        "Usage measured",
                        measured,
                        "of the requested money; the rest is charged as requested"));
              }
            });
    facts.add(
        new Fact(
            "Coverage",
            brief.coverage().week() > 0 ? Figures.coverage(brief.coverage().week()) : "?",
            "of the week's minutes have figures"
                + brief
                    .freshUntil()
                    .map(until -> ", the last ones of " + Figures.time(until, brief.week()))
                    .orElse("")));
    return facts;
  }

  /** Where much of the month is missing, what is expected of it is an estimate and says so. */
  private static List<Fact> expected(Brief brief, Figures figures) {
    if (!brief.isMonthEstimated()) {
      return List.of(fact("Forecast", brief.forecast(), figures, "for the whole month"));
    }
    if (brief.forecast().isEmpty()) {
      return List.of(
          new Fact("Forecast", "?", "too little of the month was measured for an estimate"));
    }
    return List.of(
        fact(
            "Month estimate",
            brief.monthEstimate(),
            figures,
            "so far, if the minutes that were not measured cost as much as the others"),
        fact(
            "Forecast",
            brief.forecast(),
            figures,
            "for the whole month, from that estimate and the last seven days"));
  }

  private static String comparedToBudget(Brief brief) {
    long exceeded = brief.budgets().stream().filter(Budget::isExceeded).count();
    long endangered =
        brief.budgets().stream()
            .filter(budget -> budget.isEndangered() && !budget.isExceeded())
            .count();
    return brief.budgets().isEmpty()
        ? ""
        : "; budgets%s: %d of %d spent, %d will not last"
            .formatted(
                brief.isMonthEstimated() ? ", by the estimate" : "",
                exceeded,
                brief.budgets().size(),
                endangered);
  }

  private static Fact part(
      String name, WeekOnWeek cost, Brief brief, Figures figures, String meaning) {
    double total = brief.total().cost();
    String share = total > 0 ? Figures.percent(cost.cost() / total) + " of the total, " : "";
    return new Fact(name, figures.amount(cost.cost()), share + meaning);
  }

  private static Fact fact(String name, OptionalDouble amount, Figures figures, String meaning) {
    return amount.isPresent()
        ? new Fact(name, figures.amount(amount.getAsDouble()), meaning)
        : new Fact(name, "?", "not recorded");
  }

  /** With the sum of those that are not shown, so that the list adds up. */
  private static void addSpenders(
      List<Section> sections,
      String title,
      List<Spender> rows,
      Brief brief,
      Figures figures,
      int top) {
    if (rows.size() <= top) {
      add(sections, title, rows, row -> spender(row, brief, figures), top);
      return;
    }
    double rest = rows.stream().skip(top).mapToDouble(row -> row.cost().cost()).sum();
    sections.add(
        new Section(
            title,
            rows.stream().limit(top).map(row -> spender(row, brief, figures)).toList(),
            "and %d more: %s".formatted(rows.size() - top, figures.amount(rest))));
  }

  private static <T> void add(
      List<Section> sections, String title, List<T> rows, Function<T, Line> line, int top) {
    if (!rows.isEmpty()) {
      sections.add(
          new Section(
              title,
              rows.stream().limit(top).map(line).toList(),
              rows.size() > top ? "and %d more".formatted(rows.size() - top) : ""));
    }
  }

  private static Line mover(Mover mover, Brief brief, Figures figures) {
    WeekOnWeek cost = mover.namespace().cost();
    ChangeWords words = ChangeWords.of(cost.change(), figures);
    String cause =
        mover
            .cause()
            .map(
                found ->
                    "%s %s"
                        .formatted(
                            PlainText.name(found.name()), figures.difference(found.difference())))
            .orElse("");
    return new Line(
        place(mover.namespace().namespace(), mover.namespace().cluster(), brief),
        cause,
        figures.difference(cost.cost() - cost.before()),
        words.row(),
        ChangeWords.tone(cost.change()),
        OptionalDouble.empty());
  }

  private static Line spender(Spender row, Brief brief, Figures figures) {
    ChangeWords words = ChangeWords.of(row.cost().change(), figures);
    double total = brief.total().cost();
    return new Line(
        place(row.name(), row.cluster(), brief),
        total > 0 ? Figures.percent(row.cost().cost() / total) : "",
        figures.amount(row.cost().cost()),
        words.row(),
        ChangeWords.tone(row.cost().change()),
        total > 0
            ? OptionalDouble.of(Math.min(1, Math.max(0, row.cost().cost() / total)))
            : OptionalDouble.empty());
  }

  private static List<NamespaceCost> gone(Brief brief) {
    return brief.namespaces().stream()
        .filter(row -> row.cost().change() instanceof Change.Gone)
        .sorted(comparing(NamespaceCost::cost, comparingDouble(WeekOnWeek::before).reversed()))
        .toList();
  }

  private static Line gone(NamespaceCost row, Brief brief, Figures figures) {
    return new Line(
        place(row.namespace(), row.cluster(), brief),
        "",
        figures.amount(row.cost().before()),
        "the week before");
  }

  private static Line cluster(ClusterCost row, Brief brief, Figures figures) {
    Line line = spender(new Spender(row.cluster(), "", row.cost()), brief, figures);
    return new Line(
        line.name(),
        "%s, %s of the minutes".formatted(line.note(), Figures.coverage(row.coverage().week())),
        line.amount(),
        line.change(),
        line.tone(),
        line.share());
  }

  private static Line saving(Saving saving, Brief brief, Figures figures) {
    String goes =
        saving
            .nodeCanGo()
            .map(
                can ->
                    can
                        ? "; a node of the cluster can go, which saves the money"
                        : "; this frees room, but no node can go yet")
            .orElse("");
    return new Line(
        "%s in %s"
            .formatted(
                PlainText.name(saving.workload()),
                place(saving.namespace(), saving.cluster(), brief)),
        "%s: it requests %s a month and needs %s%s"
            .formatted(
                action(saving),
                figures.amount(saving.requested()),
                figures.amount(saving.requested() - saving.amount()),
                goes),
        figures.amount(saving.amount()),
        "a month");
  }

  /** What to set, for each pod where that is known. */
  private static String action(Saving saving) {
    boolean isKnown = saving.settings().stream().allMatch(setting -> setting.ofPod().isPresent());
    String settings =
        saving.settings().stream()
            .map(
                setting ->
                    isKnown
                        ? "%s to %s (now %s)"
                            .formatted(
                                Figures.resource(setting.resource()),
                                Figures.quantity(
                                    setting.resource(),
                                    setting.ofPod().orElseThrow() * setting.enough()),
                                Figures.quantity(setting.resource(), setting.ofPod().orElseThrow()))
                        : "%s to %s of what they are"
                            .formatted(
                                Figures.resource(setting.resource()),
                                Figures.wholePercent(setting.enough())))
            .collect(Collectors.joining(" and "));
    return isKnown && saving.pods() > 1
        ? "set the requests of each of its %.0f pods: %s".formatted(saving.pods(), settings)
        : "set its requests: " + settings;
  }

  private static Line budget(Budget budget, Figures figures) {
    String state =
        budget.isExceeded()
            ? "spent"
            : budget.forecast().isEmpty()
                ? "not known"
                : budget.isEndangered() ? "will not last" : "within";
    boolean isCertain = !budget.isEstimated() || budget.used() > budget.amount();
    String used =
        budget.isEstimated()
            ? "%s measured, %s estimated so far"
                .formatted(figures.amount(budget.used()), figures.amount(budget.estimate()))
            : "%s used".formatted(figures.amount(budget.used()));
    String forecast =
        budget.forecast().isPresent()
            ? "%s forecast".formatted(figures.amount(budget.forecast().getAsDouble()))
            : "no forecast";
    return new Line(
        "%s %s".formatted(budget.scope(), PlainText.name(budget.name())),
        used + ", " + forecast,
        figures.amount(budget.amount()),
        // Beside the amount "spent" alone reads as if that much were spent.
        "budget: " + (isCertain ? state : state + ", by estimate"),
        budget.isExceeded() ? Tone.GRAVE : budget.isEndangered() ? Tone.WARNING : Tone.PLAIN,
        OptionalDouble.of(Math.min(1, Math.max(0, budget.estimate() / budget.amount()))));
  }

  private static Line unit(UnitCost unit, Figures figures) {
    String before =
        unit.before().isPresent()
            ? "%s the week before".formatted(figures.fine(unit.before().getAsDouble()))
            : "";
    return new Line(
        PlainText.name(unit.name()),
        before,
        unit.cost().isPresent()
            ? figures.fine(unit.cost().getAsDouble())
            : unit.isMeasured() ? "too few units" : "too few minutes measured",
        "");
  }

  private static String place(String name, String cluster, Brief brief) {
    boolean hasSeveral =
        brief.namespaces().stream().map(NamespaceCost::cluster).distinct().count() > 1;
    return hasSeveral && !cluster.isEmpty()
        ? "%s (%s)".formatted(PlainText.name(name), PlainText.name(cluster))
        : PlainText.name(name);
  }
}
