package io.namespend.exporter.web;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a cluster costs now, in words and figures that are ready to be shown.
 *
 * @param facts a line each
 */
public record CostOverview(List<Fact> facts, List<Table> tables) {
  public static final CostOverview NONE = new CostOverview(List.of(), List.of());

  public CostOverview {
    facts = List.copyOf(facts);
    tables = List.copyOf(tables);
  }

  /**
   * One amount.
   *
   * @param hourly with its currency
   * @param monthly of a month of 730 hours at this rate
   */
  public record Fact(String name, String hourly, String monthly, String detail) {
    public Fact {
      requireNonNull(name, "name");
      requireNonNull(hourly, "hourly");
      requireNonNull(monthly, "monthly");
      requireNonNull(detail, "detail");
    }
  }

  /**
   * The most expensive things of a kind.
   *
   * @param more what is left out; empty if nothing is
   */
  public record Table(String title, List<Fact> rows, String more) {
    public Table {
      requireNonNull(title, "title");
      rows = List.copyOf(rows);
      requireNonNull(more, "more");
    }
  }
}
