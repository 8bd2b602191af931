package io.namespend.reporter.digest;

import io.namespend.reporter.digest.Brief.Budget;
import io.namespend.reporter.digest.Brief.Mover;
import io.namespend.reporter.digest.Brief.Reason;
import io.namespend.reporter.digest.Change.Direction;
import io.namespend.reporter.digest.Change.Moved;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The few sentences that a reader takes along: what changed and why, and what is in danger. */
final class Story {
  /** Less of the whole is as usual. */
  private static final double MUCH_IDLE = 0.25;

  /** Of the largest part of a change; what is less is not worth words. */
  private static final double WORTH_WORDS = 0.2;

  private static final int MOST_ALARMS = 5;

  private final Brief brief;
  private final Figures figures;

  private Story(Brief brief, Figures figures) {
    this.brief = brief;
    this.figures = figures;
  }

  static List<String> of(Brief brief, Figures figures) {
    return new Story(brief, figures).sentences();
  }

  /** Breaches, and what will be one; the gravest first. */
  static List<Page.Alarm> alarms(Brief brief, Figures figures) {
    List<Page.Alarm> alarms = new ArrayList<>();
    for (Budget budget : brief.budgets()) {
      if (budget.isExceeded()) {
        alarms.add(
            new Page.Alarm(
                true,
                "%s has spent %s of its monthly budget of %s%s."
                    .formatted(
                        named(budget),
                        Figures.wholePercent(budget.estimate() / budget.amount()),
                        figures.amount(budget.amount()),
                        budget.isEstimated() && budget.used() <= budget.amount()
                            ? ", by estimate"
                            : "")));
      }
    }
    for (Budget budget : brief.budgets()) {
      if (budget.isEndangered() && !budget.isExceeded()) {
        alarms.add(
            new Page.Alarm(
                false,
                "%s is expected to spend %s of its monthly budget of %s."
                    .formatted(
                        named(budget),
                        Figures.wholePercent(budget.forecast().orElse(0) / budget.amount()),
                        figures.amount(budget.amount()))));
      }
    }
    return alarms.size() <= MOST_ALARMS
        ? alarms
        : Stream.concat(
                alarms.stream().limit(MOST_ALARMS - 1),
                Stream.of(
                    new Page.Alarm(
                        alarms.get(MOST_ALARMS - 1).isGrave(),
                        "%d more budgets, listed below."
                            .formatted(alarms.size() - MOST_ALARMS + 1))))
            .toList();
  }

  private static String named(Budget budget) {
    return "%s %s"
        .formatted(
            budget.scope().equals("team") ? "Team" : "Namespace", PlainText.name(budget.name()));
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (brief.total().change() instanceof Moved moved) {
      sentences.add(changed(moved));
      why(moved).ifPresent(sentences::add);
    }
    idle().ifPresent(sentences::add);
    return sentences;
  }

  private String changed(Moved moved) {
    String who = brief.scope().team().map(PlainText::name).orElse("The cost");
    String much =
        "%s (%s)"
            .formatted(
                figures.amount(Math.abs(moved.difference())),
                Figures.percentDifference(moved.ratio()));
    String what =
        moved.direction() == Direction.STEADY
            ? "%s is about the same as the week before (%s)"
                .formatted(who, figures.difference(moved.difference()))
            : "%s is %s %s%s"
                .formatted(
                    who,
                    moved.direction() == Direction.UP ? "up" : "down",
                    much,
                    since().map(day -> " since " + day).orElse(""));
    return what
        + brief.movers().stream()
            .filter(
                mover ->
                    moved.direction() == Direction.STEADY
                        || difference(mover) * moved.difference() > 0)
            .findFirst()
            .map(mover -> (moved.direction() == Direction.STEADY ? "; " : ": ") + most(mover))
            .orElse("")
        + ".";
  }

  private static double difference(Mover mover) {
    return mover.namespace().cost().cost() - mover.namespace().cost().before();
  }

  private String most(Mover mover) {
    String namespace =
        "%s (%s)"
            .formatted(
                PlainText.name(mover.namespace().namespace()),
                figures.difference(difference(mover)));
    return mover
        .cause()
        .map(
            cause ->
                "most in %s, where %s costs %s %s%s"
                    .formatted(
                        namespace,
                        PlainText.name(cause.name()),
                        figures.amount(Math.abs(cause.difference())),
                        cause.difference() > 0 ? "more" : "less",
                        pods(cause)))
        .orElse("most in " + namespace);
  }

  private static String pods(Brief.Cause cause) {
    WeekOnWeek pods = cause.pods();
    return pods.cost() > 0 && pods.before() > 0 && pods.cost() != pods.before()
        ? " and runs %.0f pods, %.0f the week before".formatted(pods.cost(), pods.before())
        : "";
  }

  /** The day from which on the cost is another one than the week before. */
  private Optional<String> since() {
    double direction = Math.signum(brief.total().cost() - brief.total().before());
    List<Map.Entry<LocalDate, Double>> days =
        differences().entrySet().stream()
            .map(day -> Map.entry(day.getKey(), day.getValue() * direction))
            .toList();
    double most = days.stream().mapToDouble(Map.Entry::getValue).max().orElse(0);
    for (int first = 1; first < days.size() && most > 0; first++) {
      boolean isCalmBefore =
          days.subList(0, first).stream().allMatch(day -> Math.abs(day.getValue()) < most / 4);
      boolean isChangedFrom =
          days.subList(first, days.size()).stream().allMatch(day -> day.getValue() >= most / 2);
      if (isCalmBefore && isChangedFrom) {
        return Optional.of(
            days.get(first).getKey().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      }
    }
    return Optional.empty();
  }

  /** Of each day to the same day of the week before; none where a day has no figures. */
  private Map<LocalDate, Double> differences() {
    Map<LocalDate, Double> differences = new TreeMap<>();
    for (LocalDate day : brief.week().days()) {
      WeekOnWeek now = brief.days().get(day);
      WeekOnWeek then = brief.days().get(day.minusDays(7));
      if (now == null || then == null) {
        return Map.of();
      }
      differences.put(day, now.cost() - then.before());
    }
    return differences;
  }

  private Optional<String> why(Moved moved) {
    List<Reason> reasons = brief.reasons();
    if (reasons.isEmpty() || moved.direction() == Direction.STEADY) {
      return Optional.empty();
    }
    double most = Math.abs(reasons.get(0).amount());
    List<Reason> told =
        reasons.stream()
            .filter(reason -> Math.abs(reason.amount()) >= WORTH_WORDS * most)
            .limit(3)
            .toList();
    double rest = moved.difference() - told.stream().mapToDouble(Reason::amount).sum();
    String parts =
        told.stream()
            .map(reason -> "%s %s".formatted(figures.difference(reason.amount()), reason.name()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "Of the change, %s%s."
            .formatted(
                parts,
                WeekOnWeek.isVisible(rest)
                    ? ", %s all else".formatted(figures.difference(rest))
                    : ""));
  }

  private Optional<String> idle() {
    double total = brief.total().cost();
    return brief
        .parts()
        .map(parts -> parts.idle().cost())
        .filter(idle -> total > 0 && idle >= MUCH_IDLE * total)
        .map(
            idle ->
                "Idle capacity is %s of the cost (%s)%s."
                    .formatted(
                        Figures.wholePercent(idle / total),
                        figures.amount(idle),
                        brief
                            .idleGroup()
                            .map(
                                group ->
                                    ", %s of it in the node group %s"
                                        .formatted(
                                            figures.amount(group.cost()),
                                            PlainText.name(group.name())))
                            .orElse("")));
  }
}
