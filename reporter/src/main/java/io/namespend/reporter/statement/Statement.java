package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a period cost, to the cent.
 *
 * @param total the whole before rounding, rounded half up; what the lines add up to
 * @param coverage by cluster: share of the recorded part's minutes that have figures
 * @param usageMeasured by namespace: share of the requested money whose usage was measured, the
 *     mean of the period; without those that have none recorded
 * @param nodeGroups what each node group has of the pools of nodes
 * @param rules the version of the rules, see {@link AuditKey}
 * @param corrects total of what was booked before, where the lines are corrections of it
 * @param warnings for people
 */
public record Statement(
    Period period,
    String currency,
    BigDecimal whole,
    BigDecimal total,
    List<Line> lines,
    SortedMap<String, BigDecimal> coverage,
    SortedMap<NamespaceKey, BigDecimal> usageMeasured,
    SortedMap<PoolKey, SortedMap<String, BigDecimal>> nodeGroups,
    String rules,
    Optional<BigDecimal> corrects,
    List<String> warnings) {
  public Statement {
    requireNonNull(period, "period");
    requireNonNull(currency, "currency");
    requireNonNull(whole, "whole");
    requireNonNull(total, "total");
    lines = List.copyOf(lines);
    coverage = Collections.unmodifiableSortedMap(new TreeMap<>(coverage));
    usageMeasured = Collections.unmodifiableSortedMap(new TreeMap<>(usageMeasured));
    nodeGroups = Collections.unmodifiableSortedMap(new TreeMap<>(nodeGroups));
    requireNonNull(rules, "rules");
    requireNonNull(corrects, "corrects");
    warnings = List.copyOf(warnings);
    BigDecimal sum = lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.compareTo(total.subtract(corrects.orElse(BigDecimal.ZERO))) != 0) {
      throw new IllegalArgumentException(
          "lines add up to %s, not to %s less %s".formatted(sum, total, corrects));
    }
  }

  /** The share of minutes that have figures behind a line. */
  public BigDecimal coverageOf(Line line) {
    return coverage.getOrDefault(line.key().cluster(), BigDecimal.ZERO);
  }

  /** The share of the requested money whose usage was measured; of CPU and memory only. */
  public Optional<BigDecimal> usageMeasured(Line line) {
    String resource = line.key().item().resource();
    return resource.equals("cpu") || resource.equals("memory")
        ? Optional.ofNullable(
            usageMeasured.get(new NamespaceKey(line.key().cluster(), line.key().namespace())))
        : Optional.empty();
  }

  /** "final", or "preview" while the period is open. */
  public String status() {
    return period.isOpen() ? "preview" : "final";
  }
}
