package io.namespend.reporter.statement;

import io.namespend.foundation.csv.Csv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which general ledger account a line is booked to. The most telling rule wins: cost center and
 * item, cost center, item, all.
 */
public final class GlAccounts {
  private static final List<String> COLUMNS =
      List.of("cost_center", "resource", "pool", "gl_account");

  private final Map<Match, String> accounts;

  private GlAccounts(Map<Match, String> accounts) {
    this.accounts = Map.copyOf(accounts);
  }

  public static GlAccounts none() {
    return new GlAccounts(Map.of());
  }

  /**
   * Reads CSV with the columns cost_center, resource, pool, gl_account in any order; an empty cell
   * fits everything.
   *
   * @throws IllegalArgumentException if there is anything wrong; the message has one line for each
   */
  public static GlAccounts parse(String csv) {
    List<Csv.Row> rows = Csv.read(csv);
    List<String> header =
        rows.isEmpty() ? List.of() : rows.get(0).cells().stream().map(String::strip).toList();
    if (!Set.copyOf(header).equals(Set.copyOf(COLUMNS)) || header.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "line 1: columns are \"%s\"; they must be %s"
              .formatted(String.join(",", header), String.join(",", COLUMNS)));
    }
    Map<Match, String> accounts = new HashMap<>();
    List<String> errors = new ArrayList<>();
    for (Csv.Row row : rows.subList(1, rows.size())) {
      error(row, header, accounts)
          .ifPresent(error -> errors.add("line %d: %s".formatted(row.line(), error)));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", errors));
    }
    return new GlAccounts(accounts);
  }

  boolean isEmpty() {
    return accounts.isEmpty();
  }

  Optional<String> of(LineKey line) {
    String center = line.owner().costCenter();
    return Optional.ofNullable(accounts.get(new Match(center, Optional.of(line.item()))))
        .or(() -> Optional.ofNullable(accounts.get(new Match(center, Optional.empty()))))
        .or(() -> Optional.ofNullable(accounts.get(new Match("", Optional.of(line.item())))))
        .or(() -> Optional.ofNullable(accounts.get(new Match("", Optional.empty()))));
  }

  /** Adds the row, or says what is wrong with it. */
  private static Optional<String> error(
      Csv.Row row, List<String> header, Map<Match, String> accounts) {
    if (row.cells().size() != header.size()) {
      return Optional.of("%d cells; there must be %d".formatted(row.cells().size(), header.size()));
    }
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      cells.put(header.get(i), row.cells().get(i).strip());
    }
    String resource = cells.getOrDefault("resource", "");
    String pool = cells.getOrDefault("pool", "");
    String account = cells.getOrDefault("gl_account", "");
    if (account.isEmpty()) {
      return Optional.of("gl_account is empty; give an account, or leave the line out");
    }
    if (!resource.isEmpty() && !pool.isEmpty()) {
      return Optional.of(
          "resource is \"%s\" and pool is \"%s\"; a line has one or the other"
              .formatted(resource, pool));
    }
    Match match =
        new Match(
            cells.getOrDefault("cost_center", ""),
            resource.isEmpty() && pool.isEmpty()
                ? Optional.empty()
                : Optional.of(new Item(resource, pool)));
    String other = accounts.putIfAbsent(match, account);
    return other == null
        ? Optional.empty()
        : Optional.of("the same was mapped to \"%s\" before; keep one of both".formatted(other));
  }

  /**
   * What a rule fits.
   *
   * @param costCenter empty for all
   * @param item empty for all
   */
  private record Match(String costCenter, Optional<Item> item) {}
}
