package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The lines of a statement that one reader gets: all of them, or those of a team.
 *
 * @param team empty for all
 * @param amount what the lines add up to
 */
public record StatementPart(
    Statement statement, Optional<String> team, List<Line> lines, BigDecimal amount) {
  public StatementPart {
    requireNonNull(statement, "statement");
    requireNonNull(team, "team");
    lines = List.copyOf(lines);
    requireNonNull(amount, "amount");
  }

  public static StatementPart whole(Statement statement) {
    return of(statement, Optional.empty(), statement.lines());
  }

  /** Without lines if the team bears nothing. */
  public static StatementPart ofTeam(Statement statement, String team) {
    return of(
        statement,
        Optional.of(team),
        statement.lines().stream().filter(line -> line.key().owner().team().equals(team)).toList());
  }

  /** Who has lines, including "unattributed" and "unallocated". */
  public static SortedSet<String> teams(Statement statement) {
    SortedSet<String> teams = new TreeSet<>();
    statement.lines().forEach(line -> teams.add(line.key().owner().team()));
    return teams;
  }

  private static StatementPart of(Statement statement, Optional<String> team, List<Line> lines) {
    BigDecimal none = BigDecimal.ZERO.setScale(statement.total().scale());
    return new StatementPart(
        statement, team, lines, lines.stream().map(Line::amount).reduce(none, BigDecimal::add));
  }
}
